//! How somebody comes into a collective: by invitation, or by asking.

use crate::{Invalid, text, words::words};

words! {
    /// Who may ask to join.
    JoinPolicy, "policy", {
        /// Nobody: stewards invite.
        Invitation = "invitation",
        /// Everybody who has an account here; stewards answer.
        Request = "request",
    }
}

/// So many questions at most.
pub const MOST_QUESTIONS: usize = 5;
/// So many characters a question has at most.
pub const LONGEST_QUESTION: usize = 200;
/// So many characters an answer has at most.
pub const LONGEST_ANSWER: usize = 2_000;

/// The questions, each a line.
pub fn questions(texts: &[String]) -> Result<Vec<String>, Invalid> {
    if MOST_QUESTIONS < texts.len() {
        return Err(Invalid::new("questions", "must be at most 5"));
    }
    texts.iter().map(|text| text::line("questions", text, 1, LONGEST_QUESTION)).collect()
}

/// What somebody answers: as many answers as there are questions, none of them empty.
pub fn answers(asked: usize, texts: &[String]) -> Result<Vec<String>, Invalid> {
    if texts.len() != asked {
        let problem = format!("must be {asked}, one for each question; these are {}", texts.len());
        return Err(Invalid::new("answers", problem));
    }
    texts.iter().map(|text| text::lines("answers", text, 1, LONGEST_ANSWER)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn each_question_is_a_line_and_has_an_answer() {
        assert_eq!(questions(&texts(&["Why?\nSo?"])).unwrap(), ["Why? So?"]);
        assert!(questions(&texts(&["?"; 6])).is_err());
        assert!(questions(&texts(&[" "])).is_err());
        assert!(questions(&[("x").repeat(201)]).is_err());
        assert_eq!(answers(1, &texts(&[" I\nlike it "])).unwrap(), ["I\nlike it"]);
        for (asked, said) in [(1, vec![]), (0, vec!["x"]), (1, vec![" "]), (2, vec!["x"])] {
            assert_eq!(answers(asked, &texts(&said)).unwrap_err().field, "answers");
        }
    }
}
