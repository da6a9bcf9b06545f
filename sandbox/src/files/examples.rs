/// A small pair of files, so that a first job needs no upload: sums whose answer a grader finds in
/// `item.reference_answer`. The two files share no sum.
pub(super) fn built_in() -> (Vec<u8>, Vec<u8>) {
    (lines(0..96), lines(96..120))
}

fn lines(numbers: std::ops::Range<u32>) -> Vec<u8> {
    let mut text = String::new();
    for n in numbers {
        let (a, b) = (n * 7 % 83 + 11, n * 13 % 89 + 17 + n);
        let example = serde_json::json!({
            "messages": [{
                "role": "user",
                "content": format!("What is {a} plus {b}? Answer with the number alone."),
            }],
            "reference_answer": (a + b).to_string(),
        });
        text.push_str(&example.to_string());
        text.push('\n');
    }
    text.into_bytes()
}
