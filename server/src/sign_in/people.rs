//! What an admin changes of those who sign in.

use axum::Router;
use backend::{audit, people::unusable};
use model::{
    error::AppError,
    form::{
        OPERATION, PERSON, PERSON_ROLE, USER,
        operation::{ADD_PERSON, DISABLE, ENABLE, END_ALL, SET_PASSWORD, SET_ROLE},
    },
    paths::PEOPLE,
    person::Role,
};
use store::{Error, now, people::LOCAL};

use super::{
    Door,
    own::{by_a_person, refused, whole},
};
use crate::{
    config::Mode,
    forms::{Answer, Form, SMALL, form},
};

pub fn routes(door: &Door) -> Router {
    let door = door.clone();
    // To its end, whoever leaves: half of it would stand on record without an outcome.
    Router::new().route(
        PEOPLE,
        form(SMALL, move |form| whole(change(door.clone(), form))),
    )
}

async fn change(door: Door, form: Form) -> Result<Answer<()>, AppError> {
    let who = form.session.who().clone();
    form.session.must_be(Role::Admin, "people").await?;
    by_a_person(&who)?;
    let (store, fields) = (door.store()?, &form.fields);
    let role = Role::parse(&fields.text(PERSON_ROLE.name));
    let operation = fields.text(OPERATION.name);
    if operation == ADD_PERSON {
        if door.0.mode != Mode::Password {
            return Err(refused(
                "People come from the provider here: name them in its groups.",
            ));
        }
        let name = name(&fields.text(USER.name))?;
        let role = role.ok_or_else(|| refused("Choose a role.").at(&PERSON_ROLE))?;
        let hash = door.hashed(fields, &name).await?;
        let (says, adding) = (
            format!("As {}.", role.word()),
            store.add(&name, role.word(), &hash, now()),
        );
        match audit::doing(store, &who, "user_created", &name, &says, adding).await {
            Err(Error::Taken) => {
                return Err(refused(format!("There is somebody called {name} already.")).at(&USER));
            }
            other => drop(other.map_err(unusable)?),
        }
        return Ok(Answer::Go(PEOPLE.to_owned()));
    }
    let id = fields.text(PERSON.name);
    let person = store.person(&id).await.map_err(unusable)?;
    let person = person.ok_or_else(|| refused("There is no such person any more."))?;
    if person.id == who.said().id && operation != END_ALL {
        return Err(refused(
            "This is you: another admin changes what you may, so that somebody always can.",
        ));
    }
    let leaving = match operation.as_str() {
        SET_ROLE | SET_PASSWORD | END_ALL | DISABLE => door.leaving(&id).await,
        _ => Vec::new(),
    };
    let named = &person.name;
    let done = match operation.as_str() {
        SET_ROLE => {
            if person.issuer != LOCAL {
                return Err(refused(
                    "The provider says what this person may: change their groups there.",
                ));
            }
            let role = role.ok_or_else(|| refused("Choose a role.").at(&PERSON_ROLE))?;
            let (event, says) = (
                "privilege_permissions_changed",
                format!("From {} to {}.", person.role, role.word()),
            );
            let setting = store.set_role(&id, role.word());
            audit::doing(store, &who, event, named, &says, setting).await
        }
        SET_PASSWORD => {
            if person.issuer != LOCAL {
                return Err(refused("Crowsnest keeps no password of this person."));
            }
            let hash = door.hashed(fields, named).await?;
            let (event, says) = (
                "authn_password_change",
                "By an admin. Sessions and tokens end.",
            );
            let setting = store.set_password(&id, &hash);
            audit::doing(store, &who, event, named, says, setting).await
        }
        END_ALL => {
            let ending = async {
                store.end_all(&id).await?;
                store.revoke_all(&id).await
            };
            let says = "All sessions and tokens, by an admin.";
            audit::doing(store, &who, "session_logout", named, says, ending).await
        }
        DISABLE => {
            let disabling = store.disable(&id, true);
            audit::doing(store, &who, "user_disabled", named, "", disabling).await
        }
        ENABLE => {
            let enabling = store.disable(&id, false);
            audit::doing(store, &who, "user_enabled", named, "", enabling).await
        }
        _ => return Err(refused("There is no such form.")),
    };
    door.0.memory.forget(&id);
    done.map_err(unusable)?;
    door.left(leaving);
    Ok(Answer::Go(PEOPLE.to_owned()))
}

/// What somebody may be called.
pub fn name(text: &str) -> Result<String, AppError> {
    let name = text.trim();
    let fits = (1..=100).contains(&name.chars().count()) && name.chars().all(is_plain);
    match fits {
        true => Ok(name.to_owned()),
        false => Err(refused("A name has 1 to 100 printable characters.").at(&USER)),
    }
}

/// What is seen as it is: no control, and nothing that turns or hides what stands beside it.
fn is_plain(letter: char) -> bool {
    let hidden = matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !letter.is_control() && !hidden
}
