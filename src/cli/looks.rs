//! How often watched jobs are looked at.

use clap::Args;

use crate::watching::Ration;

/// Looks a second that may be asked for: more than any provider answers.
const MOST: f64 = 10_000.0;

/// How much of a provider's limit on requests the watches of jobs may take.
#[derive(Debug, Clone, Copy, Args)]
pub struct Looks {
    /// Looks at watched jobs a second, of all servers that share their database together; tell all of them the same. A
    /// look is two requests to the provider, seldom more [default: 2]
    #[arg(long, value_name = "NUMBER", value_parser = rate)]
    looks_per_second: Option<f64>,
    /// Looks at watched jobs that this server has under way at a time [default: 8]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    looks_at_once: Option<u32>,
}

impl Looks {
    pub const fn ration(self) -> Ration {
        Ration {
            per_second: self.looks_per_second,
            at_once: self.looks_at_once,
        }
    }
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(number) if number > 0.0 && number <= MOST => Ok(number),
        _ => Err(format!(
            "expected a number above 0 and not above {MOST}, such as 0.5 or 20"
        )),
    }
}

#[cfg(test)]
mod tests {
    use clap::Args as _;

    use super::*;

    #[test]
    fn help_has_the_manifests_own_limits() {
        let settings = crate::knowledge::monitors().unwrap();
        let mut command = Looks::augment_args(clap::Command::new("serve"));
        let help = command.render_long_help().to_string();
        let (rate, count) = help.split_once("--looks-at-once").unwrap();
        assert!(
            rate.contains(&format!("[default: {}]", settings.per_second)),
            "{help}"
        );
        assert!(
            count.contains(&format!("[default: {}]", settings.at_once)),
            "{help}"
        );
    }

    #[test]
    fn only_numbers_that_make_sense_are_taken() {
        let parse = |words: &[&str]| {
            let command = Looks::augment_args(clap::Command::new("serve"));
            command
                .try_get_matches_from(words)
                .map_err(|error| error.to_string())
        };
        for bad in ["0", "-1", "NaN", "inf", "10001", "often"] {
            let option = format!("--looks-per-second={bad}");
            let error = parse(&["serve", &option]).unwrap_err();
            assert!(error.contains("such as 0.5"), "{error}");
        }
        for bad in ["0", "1001", "1.5"] {
            assert!(
                parse(&["serve", &format!("--looks-at-once={bad}")]).is_err(),
                "{bad}"
            );
        }
        assert!(
            parse(&[
                "serve",
                "--looks-per-second",
                "0.5",
                "--looks-at-once",
                "1000"
            ])
            .is_ok()
        );
    }
}
