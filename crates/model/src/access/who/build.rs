use std::collections::BTreeSet;

use access::polaris::{
    Access, Holder, Holding, Kind, Object, Privilege, PrivilegeSet, Requirement, Subject,
};

use super::*;
use crate::access::strongest;

impl Who {
    /// What follows from the collected grants.
    pub fn new<'a>(access: &'a Access, object: Object, ask: &WhoAsk) -> Self {
        let kind = object.kind();
        let can = ask.can.filter(|ability| !ability.needs(kind).is_empty());
        let about = can.map_or_else(|| about(kind), |can| satisfying(can.needs(kind)));
        let able = |holding: &Holding| match can {
            Some(can) => can.held(kind, holding),
            None => {
                let some = |set: PrivilegeSet| !set.intersection(about).is_empty();
                let certain = some(holding.holds);
                (certain, !certain && some(holding.may_hold))
            }
        };
        let holders = access.holders(&object);
        let known = holders.len();
        let (mut certain, mut perhaps, mut names) = (0, 0, Vec::new());
        let mut all_of = |mut holder: Holder<'a>| {
            let (is_able, may_be) = able(&holder.holding);
            certain += usize::from(is_able);
            perhaps += usize::from(may_be);
            if is_able && can.is_some() && names.len() < NAMES {
                names.push(holder.principal.to_owned());
            }
            let Holding { holds, may_hold } = &mut holder.holding;
            *holds = holds.intersection(about);
            *may_hold = may_hold.intersection(about);
            (holder, is_able || may_be)
        };
        let holders: Vec<_> = holders.into_iter().map(&mut all_of).collect();
        let principals = Tally {
            known,
            more: access.world().principals.why().is_some(),
        };
        let filter = ask.filter.to_lowercase();
        let matches = |(holder, holds): &&(Holder, bool)| {
            (ask.all || *holds) && holder.principal.to_lowercase().contains(&filter)
        };
        let shown = holders.iter().filter(matches).map(|(holder, _)| holder);
        let shown: Vec<_> = shown.collect();
        let grantable = Privilege::grantable_on(object.kind());
        let mut columns = grantable;
        let page = Window::new(shown.len(), ask.page, PAGE, |index| *shown[index]);
        if !ask.all {
            let held = page.rows.iter().map(|holder| all(&holder.holding));
            columns = held
                .fold(PrivilegeSet::default(), PrivilegeSet::union)
                .intersection(grantable);
        }
        let rows = page.rows.iter();
        let rows = rows
            .map(|holder| row(access, &object, (columns, can), holder))
            .collect();
        Who {
            can,
            names,
            columns: columns.iter().map(Column::from).collect(),
            unheld: grantable.difference(columns).len(),
            rows: Window {
                rows,
                start: page.start,
                total: page.total,
                size: page.size,
            },
            holders: certain,
            perhaps,
            principals,
            object,
        }
    }
}

/// Those that say something of this kind of object: what could be granted on it, what brings that
/// along, and what manages access to it. The rest is held on something above, for others below that.
fn about(kind: Kind) -> PrivilegeSet {
    let grantable = Privilege::grantable_on(kind);
    let manages = [
        Privilege::SERVICE_MANAGE_ACCESS,
        Privilege::CATALOG_MANAGE_ACCESS,
    ];
    let is_about = |privilege: &Privilege| {
        let brings = privilege.implies().intersection(grantable);
        manages.contains(privilege) || !brings.is_empty()
    };
    Privilege::all().filter(is_about).collect()
}

/// Those any one of which is as good as one that is needed.
fn satisfying(needs: PrivilegeSet) -> PrivilegeSet {
    let each = needs.iter().map(Privilege::satisfied_by);
    each.fold(PrivilegeSet::default(), PrivilegeSet::union)
}

fn all(holding: &Holding) -> PrivilegeSet {
    holding.holds.union(holding.may_hold)
}

fn row(
    access: &Access,
    object: &Object,
    (columns, can): (PrivilegeSet, Option<Ability>),
    holder: &Holder,
) -> Row {
    let Holding { holds, may_hold } = holder.holding;
    let cell = |privilege| match (holds.contains(privilege), may_hold.contains(privilege)) {
        (true, _) => Cell::Held,
        (false, true) => Cell::Unknown,
        (false, false) => Cell::No,
    };
    let subject = Subject::Principal(holder.principal);
    let through: BTreeSet<&str> = strongest(holds)
        .flat_map(|privilege| access.paths(subject, &Requirement::new(privilege, object)))
        .map(|path| path.principal_role)
        .collect();
    let needed = can.and_then(|can| can.needs(object.kind()).iter().next());
    let way = needed.and_then(|privilege| {
        let paths = access.paths(subject, &Requirement::new(privilege, object));
        paths.into_iter().next().map(PathView::from)
    });
    Row {
        way,
        principal: holder.principal.to_owned(),
        strongest: strongest(holds).map(Held::from).collect(),
        through: through.into_iter().map(str::to_owned).collect(),
        perhaps: may_hold.len(),
        cells: columns.iter().map(cell).collect(),
    }
}

impl From<Privilege> for Column {
    fn from(privilege: Privilege) -> Self {
        Column {
            privilege: privilege.name().to_owned(),
            meaning: privilege.meaning().unwrap_or_default().to_owned(),
        }
    }
}
