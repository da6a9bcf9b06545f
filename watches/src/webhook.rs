//! Signatures of webhooks, as Standard Webhooks has them (<https://www.standardwebhooks.com>): of those that are sent, and
//! of those that come.

use std::{fmt, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// What a secret begins with.
const PREFIX: &str = "whsec_";
/// How long a key is, in bytes, as the scheme has it.
const LENGTHS: std::ops::RangeInclusive<usize> = 24..=64;
/// How far a timestamp may be from now: older ones may be sent again by somebody else.
pub const TOLERANCE: Duration = Duration::from_secs(5 * 60);
/// The name of the scheme's signature.
const VERSION: &str = "v1,";

/// The key of signatures, which is not printed.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

/// Why a text is no secret. It does not show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// It is not written as one.
    #[error("expected `whsec_` and base64, as `echo whsec_$(openssl rand -base64 32)` makes one")]
    Form,
    /// Its key is too short to be safe, or too long.
    #[error(
        "its key has {0} bytes, and 24 to 64 are wanted: `echo whsec_$(openssl rand -base64 32)` makes one"
    )]
    Length(usize),
}

impl Secret {
    /// Reads `whsec_…`.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let encoded = text.trim().strip_prefix(PREFIX).ok_or(SecretError::Form)?;
        let key = STANDARD.decode(encoded).map_err(|_| SecretError::Form)?;
        if !LENGTHS.contains(&key.len()) {
            return Err(SecretError::Length(key.len()));
        }
        Ok(Self(key))
    }

    /// The header `webhook-signature` of a message.
    #[must_use]
    pub fn sign(&self, id: &str, timestamp: u64, body: &[u8]) -> String {
        let signature = self.mac(id, &timestamp.to_string(), body).finalize();
        format!("{VERSION}{}", STANDARD.encode(signature.into_bytes()))
    }

    /// Whether a message is from whoever has the secret, and of now.
    #[must_use]
    pub fn holds(&self, message: &Signed<'_>, now: u64) -> bool {
        let Ok(at) = message.timestamp.parse::<u64>() else {
            return false;
        };
        // A dot would let the id take a part of the timestamp.
        if at.abs_diff(now) > TOLERANCE.as_secs()
            || message.id.is_empty()
            || message.id.contains('.')
        {
            return false;
        }
        // One for each secret while it is changed. Each is compared in constant time.
        message
            .signatures
            .split(' ')
            .filter_map(|one| STANDARD.decode(one.strip_prefix(VERSION)?).ok())
            .any(|signature| {
                let mac = self.mac(message.id, message.timestamp, message.body);
                mac.verify_slice(&signature).is_ok()
            })
    }

    fn mac(&self, id: &str, timestamp: &str, body: &[u8]) -> Hmac<Sha256> {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key of any length");
        for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
            mac.update(part);
        }
        mac
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A message as it came: its headers, and its body to the byte.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// `webhook-id`
    pub id: &'a str,
    /// `webhook-timestamp`
    pub timestamp: &'a str,
    /// `webhook-signature`
    pub signatures: &'a str,
    /// The body.
    pub body: &'a [u8],
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const AT: u64 = 1_614_265_330;
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn signed<'a>(timestamp: &'a str, signatures: &'a str) -> Signed<'a> {
        Signed {
            id: ID,
            timestamp,
            signatures,
            body: BODY,
        }
    }

    #[test]
    fn signatures_are_those_of_the_specification() {
        let secret = Secret::parse(SECRET).unwrap();
        assert_eq!(secret.sign(ID, AT, BODY), SIGNATURE);
        let at = AT.to_string();
        assert!(secret.holds(&signed(&at, SIGNATURE), AT));
        // Beside one of another secret, and one of another scheme.
        let several = format!("v1,AAAA v1a,{} {SIGNATURE}", &SIGNATURE[3..]);
        assert!(secret.holds(&signed(&at, &several), AT + 299));
    }

    #[test]
    fn what_differs_in_anything_does_not_hold() {
        let secret = Secret::parse(SECRET).unwrap();
        let at = AT.to_string();
        let good = signed(&at, SIGNATURE);
        for wrong in [
            Signed {
                id: "msg_other",
                ..good
            },
            Signed { id: "", ..good },
            Signed {
                timestamp: "1614265331",
                ..good
            },
            Signed {
                timestamp: " 1614265330",
                ..good
            },
            Signed {
                timestamp: "",
                ..good
            },
            Signed {
                body: b"{}",
                ..good
            },
            Signed {
                signatures: "",
                ..good
            },
            Signed {
                signatures: &SIGNATURE[3..],
                ..good
            },
            Signed {
                signatures: "v1,",
                ..good
            },
            Signed {
                signatures: "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                ..good
            },
        ] {
            assert!(!secret.holds(&wrong, AT), "{wrong:?}");
        }
        // Somebody sends it again, later; or a clock is wrong.
        assert!(!secret.holds(&good, AT + 301));
        assert!(!secret.holds(&good, AT - 301));
        let other = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx").unwrap();
        assert!(!other.holds(&good, AT));
        // What id and timestamp are can not be shifted.
        let shifted = Signed {
            id: "msg.1614265330",
            timestamp: "1614265330",
            ..good
        };
        let signature = secret.sign("msg.1614265330", AT, BODY);
        assert!(!secret.holds(
            &Signed {
                signatures: &signature,
                ..shifted
            },
            AT
        ));
    }

    #[test]
    fn a_secret_is_read_and_not_shown() {
        let secret = Secret::parse(&format!("{SECRET}\n")).unwrap();
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        for wrong in [
            "",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_###",
            "whsec_",
        ] {
            let error = Secret::parse(wrong).unwrap_err();
            assert!(!error.to_string().contains("###"));
        }
        assert_eq!(
            Secret::parse("whsec_c2hvcnQ=").unwrap_err(),
            SecretError::Length(5)
        );
    }
}
