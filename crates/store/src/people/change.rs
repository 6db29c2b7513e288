//! What is changed of somebody, all or nothing, with what ends by it.

use sqlx::AnyConnection;

use super::Person;
use crate::{Error, Store, bound::Kept, text};

/// What ends with a change of somebody.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    Nothing,
    Sessions,
    /// Tokens, too.
    All,
}

impl Store {
    /// Takes everything from somebody of whom their issuer says that they have no role any more: sessions, tokens and the
    /// role that they had. Gives who it was, where they are known.
    pub async fn forfeit(&self, issuer: &str, subject: &str) -> Result<Option<Person>, Error> {
        let Some(person) = self.by_subject(issuer, subject).await? else {
            return Ok(None);
        };
        let forfeits = |kept: &mut Kept| kept.person.role.clear();
        self.alter(&person.id, Ends::All, true, forfeits).await?;
        Ok(Some(person))
    }

    /// That somebody signed in now.
    pub async fn signed_in(&self, id: &str, now: i64) -> Result<(), Error> {
        let sets = |kept: &mut Kept| kept.person.seen = now;
        self.alter(id, Ends::Nothing, false, sets).await
    }

    /// Gives somebody another password, of which this is the hash, and ends their sessions and tokens.
    /// [`Error::Altered`] where their row was changed from outside, as in [`Store::set_role`].
    pub async fn set_password(&self, id: &str, password: &str) -> Result<(), Error> {
        let sets = |kept: &mut Kept| kept.password = Some(text(password));
        self.alter(id, Ends::All, false, sets).await
    }

    /// Gives somebody another role, and ends their sessions: none goes on with the one before.
    pub async fn set_role(&self, id: &str, role: &str) -> Result<(), Error> {
        let sets = |kept: &mut Kept| kept.person.role = text(role);
        self.alter(id, Ends::Sessions, false, sets).await
    }

    /// Lets somebody in no more, or again. Sessions end and tokens are taken back, all or nothing: none comes to life
    /// when they are let in again. Whose row was changed from outside is let in again without role and password, which
    /// are then given anew.
    pub async fn disable(&self, id: &str, disabled: bool) -> Result<(), Error> {
        let ends = if disabled { Ends::All } else { Ends::Nothing };
        let sets = |kept: &mut Kept| kept.person.disabled = disabled;
        self.alter(id, ends, true, sets).await
    }

    /// Changes the row of somebody, where there is one, and binds it anew. One that was changed from outside is changed
    /// where that `mends` it, and then keeps nothing of what it said that they may.
    async fn alter(
        &self,
        id: &str,
        ends: Ends,
        mends: bool,
        change: impl FnOnce(&mut Kept),
    ) -> Result<(), Error> {
        let mut writing = self.writing()?.begin().await?;
        // A write first: of two at once one waits, and finds what the other made of it.
        let row = sqlx::query(
            "UPDATE people SET seen = seen WHERE id = $1
             RETURNING id, issuer, subject, name, role, disabled, made, seen, password, bound",
        )
        .bind(text(id))
        .fetch_optional(&mut *writing)
        .await?;
        let Some(row) = row else { return Ok(()) };
        let mut kept = Kept::of(&self.seals, &row)?;
        let ends = match kept.is_whole {
            true => ends,
            false if !mends => return Err(Error::Altered),
            false => {
                let password = kept.password.take().map(|_| String::new());
                kept = Kept {
                    person: kept.person(),
                    password,
                    is_whole: true,
                };
                Ends::All
            }
        };
        change(&mut kept);
        self.write(&mut writing, &kept, ends).await?;
        Ok(writing.commit().await?)
    }

    pub(super) async fn write(
        &self,
        writing: &mut AnyConnection,
        kept: &Kept,
        ends: Ends,
    ) -> Result<(), Error> {
        let Kept {
            person, password, ..
        } = kept;
        sqlx::query(
            "UPDATE people SET name = $2, seen = $3, role = $4, password = $5, disabled = $6, bound = $7
             WHERE id = $1",
        )
        .bind(&person.id)
        .bind(&person.name)
        .bind(person.seen)
        .bind(&person.role)
        .bind(password)
        .bind(i64::from(person.disabled))
        .bind(kept.bound(&self.seals)?)
        .execute(&mut *writing)
        .await?;
        if ends != Ends::Nothing {
            sqlx::query("DELETE FROM sessions WHERE person = $1")
                .bind(&person.id)
                .execute(&mut *writing)
                .await?;
        }
        if ends == Ends::All {
            sqlx::query("DELETE FROM tokens WHERE person = $1")
                .bind(&person.id)
                .execute(writing)
                .await?;
        }
        Ok(())
    }
}
