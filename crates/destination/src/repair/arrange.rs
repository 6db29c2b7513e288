//! The order of what was read: what an object and a list are made of.

use super::{Kind, Token, YAML};

/// Where the text is, in an object or a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Key,
    Colon,
    Value,
    End,
}

/// Puts commas, colons and closing brackets where they belong.
pub(super) fn arrange(
    tokens: &mut Vec<Token>,
    end: usize,
    slips: &mut Vec<(&'static str, usize)>,
    lost: &mut bool,
) {
    let mut stack: Vec<u8> = Vec::new();
    let mut state = State::Value;
    let mut closed = false;
    // The comma that is to be dropped if nothing follows it.
    let mut comma: Option<usize> = None;
    let mut last = 0;
    if let [key, colon, ..] = tokens.as_slice()
        && key.kind == Kind::Scalar
        && colon.kind == Kind::Colon
    {
        let at = key.place.start;
        if slips.iter().any(|(_, slip)| *slip == at) {
            slips.push((YAML, at));
            *lost = true;
            return;
        }
        // Only the inside of the object was copied.
        slips.push(("an opening brace is missing", at));
        let gap = std::mem::take(&mut tokens[0].gap);
        tokens.insert(
            0,
            Token {
                kind: Kind::Open(b'{'),
                text: "{".into(),
                gap,
                place: at..at,
            },
        );
    }
    for place in 0..tokens.len() {
        let (kind, at) = (tokens[place].kind, tokens[place].place.start);
        if closed {
            let what = match kind {
                Kind::Close(b'}') => "a closing brace too many",
                Kind::Close(_) => "a closing bracket too many",
                Kind::Comma => "a comma too many",
                _ => {
                    slips.push(("something after the end of the object", at));
                    *lost = true;
                    return;
                }
            };
            slips.push((what, at));
            tokens[place].text.clear();
            continue;
        }
        match kind {
            Kind::Comma if state == State::End => {
                comma = Some(place);
                state = match stack.last() {
                    Some(b'{') => State::Key,
                    _ => State::Value,
                };
            }
            Kind::Comma
                if state == State::Key
                    || (state == State::Value && stack.last() == Some(&b'[')) =>
            {
                slips.push(("a comma too many", at));
                tokens[place].text.clear();
                continue;
            }
            Kind::Colon if state == State::Colon => state = State::Value,
            Kind::Close(bracket) => {
                let fits = matches!(
                    (stack.last(), bracket),
                    (Some(b'{'), b'}') | (Some(b'['), b']')
                );
                let empty = state == State::Key || (state == State::Value && bracket == b']');
                if !fits || !(state == State::End || empty) {
                    let what = match state {
                        State::Value => "a value is missing",
                        State::Colon => "a key without a value",
                        _ => "a closing bracket that closes nothing",
                    };
                    slips.push((what, at));
                    *lost = true;
                    return;
                }
                if let Some(comma) = comma.take() {
                    slips.push(("a comma too many", tokens[comma].place.start));
                    tokens[comma].text.clear();
                }
                stack.pop();
                closed = stack.is_empty();
                state = State::End;
            }
            Kind::Open(_) | Kind::Scalar => {
                if state == State::Colon {
                    slips.push(("a colon is missing", at));
                    tokens[last].text.push(':');
                    state = State::Value;
                } else if state == State::End {
                    slips.push(("a comma is missing", tokens[last].place.end));
                    tokens[last].text.push(',');
                    state = match stack.last() {
                        Some(b'{') => State::Key,
                        _ => State::Value,
                    };
                }
                comma = None;
                state = match (kind, state) {
                    (Kind::Scalar, State::Key) => {
                        if !tokens[place].text.starts_with('"') {
                            tokens[place].text = format!("\"{}\"", tokens[place].text);
                        }
                        State::Colon
                    }
                    (Kind::Open(bracket), State::Value) => {
                        stack.push(bracket);
                        if bracket == b'{' {
                            State::Key
                        } else {
                            State::Value
                        }
                    }
                    (Kind::Scalar, State::Value) if !stack.is_empty() => State::End,
                    _ => {
                        slips.push(("something that belongs nowhere", at));
                        *lost = true;
                        return;
                    }
                };
            }
            _ => {
                slips.push(("a sign that belongs nowhere", at));
                *lost = true;
                return;
            }
        }
        last = place;
    }
    if *lost {
        return;
    }
    if !matches!(state, State::End | State::Key) || (stack.is_empty() && !closed) {
        slips.push(("the end comes too early", end));
        *lost = true;
        return;
    }
    if let Some(comma) = comma {
        slips.push(("a comma too many", tokens[comma].place.start));
        tokens[comma].text.clear();
    }
    while let Some(bracket) = stack.pop() {
        let what = match bracket {
            b'{' => "a closing brace is missing",
            _ => "a closing bracket is missing",
        };
        slips.push((what, end));
        tokens.push(Token {
            kind: Kind::Close(bracket),
            text: if bracket == b'{' { "}" } else { "]" }.into(),
            gap: "\n".into(),
            place: end..end,
        });
    }
}
