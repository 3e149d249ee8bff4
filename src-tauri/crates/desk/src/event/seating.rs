//! Who sits at which table: years and departments are mixed, so that people meet whom they do not see every day. The same
//! guests always sit the same way.

/// Somebody to be seated, with whoever comes along.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Guest {
    /// Seats needed.
    pub seats: u32,
    /// The year in which they left.
    pub year: Option<i32>,
    /// The department they know best.
    pub department: String,
    /// The table that was wished for, from 1.
    pub fixed: Option<u32>,
}

/// Those who left within so many years of each other know each other.
const NEAR: i32 = 3;

/// How well two know each other already: nobody needs help to sit beside them.
fn alike(one: &Guest, other: &Guest) -> u32 {
    let department = !one.department.is_empty() && one.department == other.department;
    let years = match (one.year, other.year) {
        (Some(one), Some(other)) => (one - other).abs() <= NEAR,
        _ => false,
    };
    2 * u32::from(department) + u32::from(years)
}

/// How many at a table know each other already.
fn likeness(guests: &[Guest], tables: &[Vec<usize>]) -> u32 {
    let of = |table: &Vec<usize>| -> u32 {
        let pairs = (0..table.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
        pairs.map(|(a, b)| alike(&guests[table[a]], &guests[table[b]])).sum()
    };
    tables.iter().map(of).sum()
}

/// The table of each guest, from 1. A table takes `seats`; only a wish, or a party larger than a table, goes over that.
pub(crate) fn seating(guests: &[Guest], seats: u32) -> Vec<u32> {
    let all: u32 = guests.iter().map(|guest| guest.seats).sum();
    let wished = guests.iter().filter_map(|guest| guest.fixed).max().unwrap_or(0);
    let count = all.div_ceil(seats.max(1)).max(wished);
    let mut tables: Vec<Vec<usize>> = vec![Vec::new(); count as usize];
    for (at, guest) in guests.iter().enumerate() {
        if let Some(table) = guest.fixed {
            tables[table as usize - 1].push(at);
        }
    }
    let taken = |table: &[usize]| -> u32 { table.iter().map(|at| guests[*at].seats).sum() };
    // Large parties find room first; then those who are alike come one after the other, and go to different tables.
    let mut order: Vec<usize> = (0..guests.len()).filter(|at| guests[*at].fixed.is_none()).collect();
    order.sort_by_key(|at| {
        (std::cmp::Reverse(guests[*at].seats), &guests[*at].department, guests[*at].year, *at)
    });
    for at in order {
        let known =
            |table: &[usize]| -> u32 { table.iter().map(|other| alike(&guests[at], &guests[*other])).sum() };
        let fits = |table: &[usize]| taken(table) + guests[at].seats <= seats;
        let best = (0..tables.len())
            .filter(|table| fits(&tables[*table]))
            .min_by_key(|table| (known(&tables[*table]), taken(&tables[*table]), *table));
        match best.or_else(|| tables.iter().position(Vec::is_empty)) {
            Some(table) => tables[table].push(at),
            None => tables.push(vec![at]),
        }
    }
    // Two of the same size change places while that makes strangers of neighbours.
    let free = |at: usize| guests[at].fixed.is_none();
    let mut now = likeness(guests, &tables);
    loop {
        let before = now;
        for one in 0..tables.len() {
            for other in 0..one {
                for a in 0..tables[one].len() {
                    for b in 0..tables[other].len() {
                        let (x, y) = (tables[one][a], tables[other][b]);
                        if !free(x) || !free(y) || guests[x].seats != guests[y].seats {
                            continue;
                        }
                        let without = |table: &[usize], of: usize, not: usize| -> u32 {
                            table
                                .iter()
                                .filter(|it| **it != not)
                                .map(|it| alike(&guests[of], &guests[*it]))
                                .sum()
                        };
                        let stands = without(&tables[one], x, x) + without(&tables[other], y, y);
                        let would = without(&tables[one], y, x) + without(&tables[other], x, y);
                        if would < stands {
                            tables[one][a] = y;
                            tables[other][b] = x;
                            now -= stands - would;
                        }
                    }
                }
            }
        }
        if now == before {
            break;
        }
    }
    let mut at_table = vec![0; guests.len()];
    for (number, table) in tables.iter().enumerate() {
        for at in table {
            at_table[*at] = number as u32 + 1;
        }
    }
    at_table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guests(count: usize) -> Vec<Guest> {
        let departments = ["製造部", "営業部", "総務部", "品質保証課"];
        (0..count)
            .map(|at| Guest {
                seats: if at % 9 == 0 { 2 } else { 1 },
                year: Some(1990 + (at as i32 * 7) % 30),
                department: departments[at / 5 % 4].to_owned(),
                fixed: None,
            })
            .collect()
    }

    fn at(tables: &[u32], guests: &[Guest], table: u32) -> u32 {
        tables.iter().zip(guests).filter(|(at, _)| **at == table).map(|(_, guest)| guest.seats).sum()
    }

    #[test]
    fn everybody_has_a_seat_and_no_table_has_too_many() {
        for count in [1, 5, 23, 80] {
            let guests = guests(count);
            let tables = seating(&guests, 6);
            assert_eq!(tables, seating(&guests, 6), "the same guests sit the same way");
            for table in 1..=*tables.iter().max().unwrap() {
                assert!((1..=6).contains(&at(&tables, &guests, table)), "{count}: table {table}");
            }
        }
    }

    #[test]
    fn colleagues_and_those_of_one_year_are_parted() {
        let guests = guests(40);
        let mixed = seating(&guests, 6);
        let sum = |tables: &[u32]| -> u32 {
            let pairs = (0..guests.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
            pairs.filter(|(a, b)| tables[*a] == tables[*b]).map(|(a, b)| alike(&guests[a], &guests[b])).sum()
        };
        let by_order: Vec<u32> = (0..40).map(|at| at / 6 + 1).collect();
        assert!(sum(&mixed) * 2 < sum(&by_order), "{} of {}", sum(&mixed), sum(&by_order));
        // Four of one department at four tables for four meet nobody of it.
        let four: Vec<Guest> = (0..16)
            .map(|at| Guest { seats: 1, year: None, department: format!("{}", at / 4), fixed: None })
            .collect();
        let tables = seating(&four, 4);
        for department in four.chunks(4).enumerate().map(|(at, _)| at * 4..at * 4 + 4) {
            let mut met: Vec<u32> = tables[department].to_vec();
            met.sort_unstable();
            assert_eq!(met, [1, 2, 3, 4]);
        }
    }

    #[test]
    fn a_wish_stands_whatever_it_costs() {
        let mut guests = guests(12);
        for at in [0, 1, 2] {
            guests[at].fixed = Some(3);
            guests[at].department = "製造部".into();
        }
        let tables = seating(&guests, 6);
        assert_eq!(tables[..3], [3, 3, 3]);
        // A party larger than a table has one of its own.
        let large = Guest { seats: 9, year: None, department: String::new(), fixed: None };
        let tables = seating(&[large.clone(), guests[4].clone(), guests[5].clone()], 4);
        assert_eq!(tables.iter().filter(|table| **table == tables[0]).count(), 1);
    }
}
