//! Periods of time: their names come in; places on a calendar and names for ticks go out.
//!
//! Invariant: a period that is not in the data still takes its place, so a gap in time is as wide as it was long.
//!
//! It deliberately reads ISO forms only (2022, 2022-01, 2022-01-05); other names stand side by side as given.

/// What kind of periods these are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Years,
    Months,
    /// Named by a day, the same of each week.
    Weeks,
    Days,
    /// Names of which nothing is known.
    Names,
}

/// Days of a week.
const WEEK: i64 = 7;

/// Periods on a calendar.
pub(super) struct Calendar {
    kind: Kind,
    /// Of weeks, which day of one names it.
    weekday: i64,
    /// The place of each given period; rising.
    pub(super) places: Vec<i64>,
    names: Vec<String>,
}

impl Calendar {
    /// Reads the names; when one is of another kind or out of order, all are taken as plain names. Days name weeks where they are said to.
    pub(super) fn new(names: &[String], are_weeks: bool) -> Calendar {
        let read: Option<Vec<(Kind, i64)>> = names.iter().map(|name| read(name)).collect();
        let read = read.filter(|periods| {
            periods.windows(2).all(|pair| pair[0].0 == pair[1].0 && pair[0].1 < pair[1].1) && !periods.is_empty()
        });
        let (kind, places): (Kind, Vec<i64>) = match read {
            Some(periods) => (periods[0].0, periods.into_iter().map(|(_, place)| place).collect()),
            None => (Kind::Names, (0..names.len() as i64).collect()),
        };
        let weekday = places.first().map_or(0, |day| day.rem_euclid(WEEK));
        let (kind, places) = match kind {
            Kind::Days if are_weeks => (Kind::Weeks, places.iter().map(|day| day.div_euclid(WEEK)).collect()),
            kind => (kind, places),
        };
        Calendar { kind, weekday, places, names: names.to_vec() }
    }

    pub(super) fn first(&self) -> i64 {
        self.places.first().copied().unwrap_or(0)
    }

    /// Number of places from the first to the last, gaps included.
    pub(super) fn slots(&self) -> usize {
        self.places.last().map_or(1, |last| (last - self.first() + 1) as usize)
    }

    /// "month", for "articles per month".
    pub(super) fn noun(&self) -> &'static str {
        match self.kind {
            Kind::Years => "year",
            Kind::Months => "month",
            Kind::Weeks => "week",
            Kind::Days => "day",
            Kind::Names => "period",
        }
    }

    /// Places and names of ticks, at most `most` of them, at round places of the calendar.
    pub(super) fn ticks(&self, most: usize) -> Vec<(i64, String)> {
        const STEPS: [i64; 16] = [1, 2, 3, 6, 12, 24, 48, 60, 120, 240, 480, 1200, 2400, 6000, 12000, 24000];
        let (first, last) = (self.first(), self.first() + self.slots() as i64 - 1);
        let places = |step: i64| -> Vec<i64> {
            // Months and years have round places; days and weeks have none, and start with the first.
            let is_round = matches!(self.kind, Kind::Years | Kind::Months);
            let start = if is_round { first.div_euclid(step) * step } else { first };
            let ticks = (0..).map(|i| start + i * step).take_while(|place| *place <= last);
            ticks.filter(|place| *place >= first).collect()
        };
        let mut ticks =
            STEPS.iter().map(|step| places(*step)).find(|ticks| ticks.len() <= most.max(1)).unwrap_or_default();
        if ticks.is_empty() {
            ticks.push(first);
        }
        ticks.into_iter().map(|place| (place, self.name(place))).collect()
    }

    /// The name of a place.
    pub(super) fn name(&self, place: i64) -> String {
        match self.kind {
            Kind::Years => place.to_string(),
            Kind::Months => format!("{:04}-{:02}", place.div_euclid(12), place.rem_euclid(12) + 1),
            Kind::Weeks => of_day(place * WEEK + self.weekday),
            Kind::Days => of_day(place),
            Kind::Names => self.names.get(place as usize).cloned().unwrap_or_default(),
        }
    }
}

fn of_day(place: i64) -> String {
    let (year, month, day) = date(place);
    format!("{year:04}-{month:02}-{day:02}")
}

fn read(name: &str) -> Option<(Kind, i64)> {
    let parts: Vec<&str> = name.split('-').collect();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let numbers: Vec<i64> = parts
        .iter()
        .map(|part| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten())
        .collect::<Option<_>>()?;
    let is_month = |month: i64| (1..=12).contains(&month);
    match (widths.as_slice(), numbers.as_slice()) {
        ([4], [year]) => Some((Kind::Years, *year)),
        ([4, 2], [year, month]) if is_month(*month) => Some((Kind::Months, year * 12 + month - 1)),
        ([4, 2, 2], [year, month, day]) if is_month(*month) && (1..=31).contains(day) => {
            let place = day_of(*year, *month, *day);
            (date(place) == (*year, *month, *day)).then_some((Kind::Days, place))
        }
        _ => None,
    }
}

/// Days before the first of January of a year, in the Gregorian calendar.
fn days_before_year(year: i64) -> i64 {
    let last = year - 1;
    365 * year + last.div_euclid(4) - last.div_euclid(100) + last.div_euclid(400)
}

fn days_before_month(year: i64, month: i64) -> i64 {
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let is_leap = days_before_year(year + 1) - days_before_year(year) == 366;
    BEFORE[(month - 1).clamp(0, 11) as usize] + i64::from(is_leap && month > 2)
}

fn day_of(year: i64, month: i64, day: i64) -> i64 {
    days_before_year(year) + days_before_month(year, month) + day - 1
}

fn date(place: i64) -> (i64, i64, i64) {
    let mut year = place.div_euclid(366);
    while days_before_year(year + 1) <= place {
        year += 1;
    }
    let rest = place - days_before_year(year);
    let month = (1..=12).rev().find(|month| days_before_month(year, *month) <= rest).unwrap_or(1);
    (year, month, rest - days_before_month(year, month) + 1)
}
