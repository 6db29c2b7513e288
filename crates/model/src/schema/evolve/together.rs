//! What two people make of one schema.

use proptest::prelude::*;

use super::{
    super::lines::{parse, print},
    tests::schema,
    *,
};

fn together(base: &str, now: &str, typed: &str) -> Result<String, String> {
    let of = |text: &str| {
        let columns = parse(text).unwrap();
        with_ids(&columns, 0)
    };
    let (base, schema) = (of(base), of(now));
    let now = Now {
        schema: &schema,
        last_column_id: 20,
        format_version: 2,
        uses: &[],
    };
    let evolved = evolve(&now, &parse(typed).unwrap(), Some(&base))?;
    Ok(print(&from_json(&evolved.schema).unwrap()))
}

#[test]
fn what_two_changed_is_changed_in_both_ways_or_refused() {
    let base = "1: a int\n2: b struct<3: x int, 4: y int>\n5: c string\n";
    for (now, typed, both) in [
        // Theirs stays where nothing of it was typed.
        (
            "1: a int\n6: new int\n2: b struct<3: x int, 4: y int>\n5: c string",
            base,
            "1: a int\n6: new int\n2: b struct<3: x int, 4: y int>\n5: c string\n",
        ),
        (
            "1: a long comment 'theirs'\n2: b struct<3: x int, 4: y int>\n5: c string",
            "1: mine int\n2: b struct<3: x int, 4: y int>\n5: c string",
            "1: mine long comment 'theirs'\n2: b struct<3: x int, 4: y int>\n5: c string\n",
        ),
        (
            "1: a int\n2: b struct<3: x long, 4: y int, 7: z int>\n5: c string",
            "1: a int\n2: b struct<4: y long, 3: x int>\n5: c string",
            "1: a int\n2: b struct<4: y long, 7: z int, 3: x long>\n5: c string\n",
        ),
        (
            "2: b struct<3: x int, 4: y int>\n5: c string",
            "1: a int\n2: b struct<3: x int, 4: y int>\nnew int\n5: c string",
            "2: b struct<3: x int, 4: y int>\n21: new int\n5: c string\n",
        ),
        (
            "5: c string\n1: a int\n2: b struct<3: x int, 4: y int>",
            "1: a int\n2: b struct<3: x int, 4: y int>",
            "1: a int\n2: b struct<3: x int, 4: y int>\n",
        ),
    ] {
        assert_eq!(together(base, now, typed).unwrap(), both, "{now} | {typed}");
    }
    for (now, typed, why) in [
        (
            "2: b struct<3: x int, 4: y int>\n5: c string",
            "1: mine int\n2: b struct<3: x int, 4: y int>\n5: c string",
            "Line 1: “mine” was dropped by somebody else",
        ),
        (
            "1: a int\n2: b struct<3: x int, 4: y int>\n5: c string\n6: new int",
            "1: a int\n2: b struct<3: x int, 4: y int>\n5: c string\nnew string",
            "two columns called new",
        ),
        (
            "1: a long\n2: b struct<3: x int, 4: y int>\n5: c string",
            "1: a string\n2: b struct<3: x int, 4: y int>\n5: c string",
            "Line 1: somebody else made “a” long meanwhile",
        ),
    ] {
        let told = together(base, now, typed).unwrap_err();
        assert!(told.contains(why), "{told}");
    }
}

/// Lines that go together, and lines that do not.
const SOME: [&str; 22] = [
    "1: id int not null identifier",
    "1: id long",
    "2: amount decimal(12, 2)",
    "2: total string",
    "3: at timestamptz",
    "3: x date",
    "4: price struct<5: net double, 6: vat long>",
    "4: price struct<6: vat int, more struct<5: net float>>",
    "4: price struct<6: vat int, 5: net float, tax decimal(4, 2)>",
    "4: price struct<>",
    "7: tags list<8: string not null>",
    "7: tags list<string> comment 'x'",
    "7: tags string",
    "9: labels map<10: string, 11: long>",
    "9: marks map<string, int>",
    "new int",
    "`new one` struct<a int, b list<int>, c map<int, struct<d int>>>",
    "price int",
    "8: y int",
    "20: z int",
    "12: q int",
    "more string",
];

fn some() -> impl Strategy<Value = Vec<Column>> {
    let lines = proptest::sample::subsequence(&SOME[..], 0..SOME.len());
    let text = lines.prop_shuffle().prop_map(|lines| lines.join("\n"));
    text.prop_filter_map("no schema", |text| parse(&text).ok())
}

proptest! {
    #[test]
    fn what_is_allowed_is_so_and_what_others_add_stays(mine in some(), theirs in some()) {
        let schema = schema();
        let now = |schema, last_column_id| Now { schema, last_column_id, format_version: 2, uses: &[] };
        let first = evolve(&now(&schema, 12), &theirs, None);
        let Ok(first) = first else { return Ok(()); };
        let all = index(&first.schema);
        prop_assert!(all.keys().all(|id| *id <= first.last_column_id.into()));
        for (id, field) in index(&schema) {
            prop_assert!(all.get(&id).is_none_or(|now| now.parent.0 == field.parent.0));
        }
        let same = now(&first.schema, first.last_column_id);
        let again = evolve(&same, &parse(&print(&from_json(&first.schema).unwrap())).unwrap(), None);
        prop_assert_eq!(again.unwrap().edits, Vec::<String>::new());
        if let Ok(both) = evolve(&same, &mine, Some(&schema)) {
            let both = index(&both.schema);
            let theirs = all.iter().filter(|(id, field)| **id > 12 && both.contains_key(&field.parent.0));
            for (id, _) in theirs {
                prop_assert!(both.contains_key(id), "{id}");
            }
        }
    }
}
