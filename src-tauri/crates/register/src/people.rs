//! What is known of a person, table by table. The columns are explained where the fields are declared.

use crate::{Fault, day::Day, id::*, record::record};

record! {
    /// A person who has left. Names are kept exactly as received, byte for byte.
    Person, PersonId, "person" {
        /// 姓.
        family: String,
        /// 名.
        given: String,
        /// セイ, in whichever kana it was given.
        family_kana: String,
        /// メイ.
        given_kana: String,
        /// 旧姓.
        maiden: String,
        /// 旧姓, in kana.
        maiden_kana: String,
        /// The name used at work, where it differs.
        business_name: String,
        /// A spouse's name for joint addressing. Kept only when the person gave it for that: see `spouse_given_on`.
        spouse_name: String,
        /// When the person gave the spouse's name for joint addressing.
        spouse_given_on: Option<Day>,
        /// The company's number for the person.
        employee_number: String,
        /// First day in the company.
        joined_on: Option<Day>,
        /// Last day in the company.
        left_on: Option<Day>,
        /// Birthday.
        born_on: Option<Day>,
        /// Present employer.
        employer: String,
        /// Role there.
        employer_role: String,
        /// The person has died.
        deceased: bool,
        /// When, if known.
        deceased_on: Option<Day>,
        /// No season's greetings until then: the family is in mourning.
        mourning_until: Option<Day>,
        /// Post came back: the address is not known.
        returned: bool,
        /// The person asked not to be contacted.
        no_contact: bool,
        /// Hours a month that the person could help.
        hours_a_month: Option<u32>,
        /// Fields in which the person could help, in words.
        help_fields: String,
        /// つながりたい理由: why we want to stay connected with this person.
        why_connect: String,
        /// 連絡担当: the colleague who keeps the tie.
        in_charge: Option<ColleagueId>,
        /// Notes that everybody with the register may read.
        notes: String,
    } => Person::check_fields;

    /// A postal address.
    Address, AddressId, "address" {
        /// Whose.
        person: PersonId,
        /// 自宅, 実家, 勤務先 …
        label: String,
        /// Postal code as written.
        postal: String,
        /// 都道府県.
        prefecture: String,
        /// 市区町村.
        city: String,
        /// 町名・番地.
        street: String,
        /// 建物・部屋.
        building: String,
        /// The one to use.
        best: bool,
        /// When the person last confirmed it.
        confirmed_on: Option<Day>,
    }

    /// A phone number.
    Phone, PhoneId, "phone" {
        /// Whose.
        person: PersonId,
        /// 携帯, 自宅 …
        label: String,
        /// The number as written.
        number: String,
        /// The one to use.
        best: bool,
        /// When the person last confirmed it.
        confirmed_on: Option<Day>,
    }

    /// A mail address.
    Mail, MailId, "mail" {
        /// Whose.
        person: PersonId,
        /// 個人, 勤務先 …
        label: String,
        /// The address.
        address: String,
        /// The one to use.
        best: bool,
        /// When the person last confirmed it.
        confirmed_on: Option<Day>,
    }

    /// A period of employment in one department and post.
    Employment, EmploymentId, "employment" {
        /// Whose.
        person: PersonId,
        /// Begin.
        from_on: Option<Day>,
        /// End.
        until_on: Option<Day>,
        /// Department.
        department: String,
        /// Post.
        post: String,
        /// 正社員, パート …
        contract: String,
    }

    /// One contact with a person: a call, a letter, a visit.
    Contact, ContactId, "contact" {
        /// With whom.
        person: PersonId,
        /// When.
        on_day: Option<Day>,
        /// How.
        kind: ContactKind,
        /// What about, when it is more than keeping in touch.
        topic: ContactTopic,
        /// What was said, in a line or more.
        note: String,
        /// When to be in touch again.
        next_on: Option<Day>,
        /// Who of ours.
        colleague: Option<ColleagueId>,
        /// 慶弔: what the company sent or gave.
        gift: String,
        /// … and for how many yen.
        yen: Option<u32>,
    }

    /// On which basis a person may be written to for a purpose by a channel.
    Consent, ConsentId, "consent" {
        /// Whose.
        person: PersonId,
        /// For what.
        purpose: Purpose,
        /// By what.
        channel: Channel,
        /// On which basis.
        basis: Basis,
        /// Whether it holds.
        state: ConsentState,
        /// Since when.
        on_day: Option<Day>,
        /// The wording that the person saw.
        wording: String,
        /// How it can be shown: a form's number, "by phone on …".
        evidence: String,
    }

    /// 退職の手続き of one person: begun, left and taken up again.
    Exit, ExitId, "exit" {
        /// Whose.
        person: PersonId,
        /// When it was begun.
        begun_on: Option<Day>,
        /// When all of it was done.
        finished_on: Option<Day>,
        /// The page where it was left.
        page: ExitPage,
        /// 引継ぎ: what goes to whom.
        handover: String,
        /// Who may read the interview, as agreed: the page has the words. Empty before one was held.
        readers: String,
    }

    /// A line of its checklist: something to be given back, closed or handed over.
    ExitItem, ExitItemId, "exit_item" {
        /// Whose.
        person: PersonId,
        /// Which kind.
        kind: ExitItemKind,
        /// What.
        name: String,
        /// When it was done.
        done_on: Option<Day>,
    } => ExitItem::check_fields;

    /// What somebody signed on secrets or on working for others.
    Agreement, AgreementId, "agreement" {
        /// Who.
        person: PersonId,
        /// Which kind.
        kind: AgreementKind,
        /// When.
        signed_on: Option<Day>,
        /// Until when it holds; open-ended without a day.
        until_on: Option<Day>,
        /// On what and where.
        scope: String,
        /// What the company gives for it.
        compensation: String,
        /// Where the paper is kept.
        evidence: String,
    }

    /// Somebody who serves in the company today.
    Colleague, ColleagueId, "colleague" {
        /// 姓.
        family: String,
        /// 名.
        given: String,
        /// セイ.
        family_kana: String,
        /// メイ.
        given_kana: String,
        /// Department.
        department: String,
        /// Post.
        post: String,
        /// Mail address.
        mail: String,
        /// When this colleague left, if so.
        left_on: Option<Day>,
    } => Colleague::check_fields;

    /// A tag on a person.
    Tag, TagId, "tag" {
        /// On whom.
        person: PersonId,
        /// The word.
        name: String,
    }

    /// A field that the office made for itself.
    OwnField, OwnFieldId, "own_field" {
        /// Its name.
        name: String,
    }

    /// What such a field says of one person.
    OwnValue, OwnValueId, "own_value" {
        /// Of whom.
        person: PersonId,
        /// Which field.
        field: OwnFieldId,
        /// What it says.
        value: String,
    }

    /// A filter kept under a name.
    SavedFilter, SavedFilterId, "saved_filter" {
        /// Its name.
        name: String,
        /// The filter.
        filter: crate::find::Filter,
    }

    /// A setting of the register: the company's name, what people are called.
    Setting, SettingId, "setting" {
        /// Which.
        name: String,
        /// Its value.
        value: String,
    }

    /// An issue of the newsletter.
    Issue, IssueId, "issue" {
        /// The newsletter's name.
        name: String,
        /// Its number.
        number: u32,
        /// The day printed on it.
        dated_on: Option<Day>,
        /// Columns of text, one or two.
        columns: u32,
        /// Mincho rather than gothic.
        mincho: bool,
        /// The articles in order.
        articles: Articles,
        /// People who left from this day on are named as new leavers, if they may be named.
        leavers_from: Option<Day>,
        /// … up to this day.
        leavers_until: Option<Day>,
        /// Who publishes it and how to stop it: the colophon.
        closing: String,
        /// The same in English, for the editions that have it.
        closing_english: String,
        /// The paper.
        paper: PaperSize,
        /// How many pages it is meant to have; 0 when as many as it needs.
        wanted_pages: u32,
        /// By how many percent letters and the distances of lines are smaller, to find room.
        tighter: u32,
    } => Issue::check_fields;

    /// 発送: what was made to be sent together, and whether it went.
    Dispatch, DispatchId, "dispatch" {
        /// For what.
        purpose: Purpose,
        /// By what.
        channel: Channel,
        /// On which paper.
        form: DispatchForm,
        /// The greeting that it is, if it is one.
        occasion: Occasion,
        /// What it is called.
        title: String,
        /// The issue of the newsletter, when it is one; it may be gone since.
        issue: Option<IssueId>,
        /// The event to which it invites; it may be gone since.
        event: Option<EventId>,
        /// When it was made.
        made_on: Option<Day>,
        /// When it went out; it has not while there is none.
        sent_on: Option<Day>,
        /// What was chosen and written for it, as JSON, so that a part of it can be made anew; empty where it cannot.
        asked: String,
    }

    /// That a dispatch goes to one person.
    Sending, SendingId, "sending" {
        /// To whom.
        person: PersonId,
        /// Which.
        dispatch: DispatchId,
        /// The number of the letter, label or card, from 1; who lives together may share one.
        place: u32,
        /// What spoke against it when it was made: [`crate::gate::Doubt`]s, separated by commas.
        doubts: String,
        /// Why it was sent all the same; given by whoever decided.
        reason: String,
        /// How the person is addressed on it, a line each: postal code, address, company, name; empty for mail.
        printed: String,
        /// When it came back.
        returned_on: Option<Day>,
    }

    /// That a season's card came from somebody (受): the other half of what the ledger says was sent (出).
    Received, ReceivedId, "received" {
        /// From whom.
        person: PersonId,
        /// Which greeting.
        occasion: Occasion,
        /// For which year: New Year's cards come around the turn.
        year: u32,
    }

    /// A sheet of labels that the office measured itself. Lengths are hundredths of a millimetre.
    OwnSheet, OwnSheetId, "own_sheet" {
        /// Its name, as on the pack.
        name: String,
        /// Labels beside each other.
        columns: u32,
        /// Labels below each other.
        rows: u32,
        /// Width of a label.
        width: u32,
        /// Height of a label.
        height: u32,
        /// The first label's left edge.
        from_left: u32,
        /// The first label's upper edge.
        from_top: u32,
        /// From one label's left edge to the next one's.
        pitch_x: u32,
        /// From one label's upper edge to the next one's.
        pitch_y: u32,
    } => OwnSheet::check_fields;
}

impl Person {
    fn check_fields(&self) -> Result<(), Fault> {
        if self.family.is_empty() && self.given.is_empty() && self.business_name.is_empty() {
            return Err(Fault::Invalid { field: "family".into(), code: "name_missing" });
        }
        if !self.spouse_name.is_empty() && self.spouse_given_on.is_none() {
            return Err(Fault::Invalid { field: "spouse_given_on".into(), code: "spouse_not_given" });
        }
        if self.hours_a_month.is_some_and(|hours| hours > 744) {
            return Err(Fault::Invalid { field: "hours_a_month".into(), code: "hours_too_many" });
        }
        Ok(())
    }
}

impl Colleague {
    fn check_fields(&self) -> Result<(), Fault> {
        match self.family.is_empty() && self.given.is_empty() {
            true => Err(Fault::Invalid { field: "family".into(), code: "name_missing" }),
            false => Ok(()),
        }
    }
}

impl ExitItem {
    fn check_fields(&self) -> Result<(), Fault> {
        match self.name.is_empty() {
            true => Err(Fault::Invalid { field: "name".into(), code: "name_missing" }),
            false => Ok(()),
        }
    }
}

impl OwnSheet {
    /// What A4 holds, and what a label must have for an address to find room.
    fn check_fields(&self) -> Result<(), Fault> {
        /// Hundredths of a millimetre; cutting A4 may be off by 1.5 mm (JIS P 0138), of which makers use a part.
        const A4: (u32, u32) = (21_050, 29_750);
        let Self { columns, rows, width, height, from_left, from_top, pitch_x, pitch_y, .. } = *self;
        let reach = |first: u32, pitch: u32, count: u32, size: u32| {
            u64::from(first) + u64::from(pitch) * u64::from(count.saturating_sub(1)) + u64::from(size)
        };
        let refused = |field: &str, code| Err(Fault::Invalid { field: field.into(), code });
        match () {
            () if self.name.trim().is_empty() => refused("name", "name_missing"),
            () if !(1..=10).contains(&columns) => refused("columns", "sheet_count"),
            () if !(1..=30).contains(&rows) => refused("rows", "sheet_count"),
            () if width < 2_000 => refused("width", "sheet_small"),
            () if height < 1_000 => refused("height", "sheet_small"),
            () if columns > 1 && pitch_x < width => refused("pitch_x", "sheet_overlaps"),
            () if rows > 1 && pitch_y < height => refused("pitch_y", "sheet_overlaps"),
            () if reach(from_left, pitch_x, columns, width) > u64::from(A4.0) => {
                refused("columns", "sheet_too_wide")
            }
            () if reach(from_top, pitch_y, rows, height) > u64::from(A4.1) => {
                refused("rows", "sheet_too_high")
            }
            () => Ok(()),
        }
    }
}

impl Issue {
    fn check_fields(&self) -> Result<(), Fault> {
        let refused = |field: &str, code| Err(Fault::Invalid { field: field.into(), code });
        match self {
            Self { columns: 0 | 3.., .. } => refused("columns", "columns"),
            // Smaller, the letters of two columns would have less than 8½ points.
            Self { tighter: 16.., .. } => refused("tighter", "letters_small"),
            _ => Ok(()),
        }
    }
}

/// An article of an issue.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Article {
    /// What it is; an article of an older register is an article.
    pub kind: ArticleKind,
    /// Its heading.
    pub heading: String,
    /// Its text; a line break ends a paragraph.
    pub body: String,
    /// Who wrote it, if it is said.
    pub byline: String,
    /// Its photographs: the first stands after the first paragraph, the second after the second.
    pub photos: Vec<ArticlePhoto>,
    /// Its heading stands across all columns; a box or a quotation does so as a whole.
    pub wide: bool,
    /// Who may read it.
    pub audience: Audience,
    /// Who was asked and agreed to stand in it: staff, whose consents the register does not keep, people whose present
    /// employer or side job it names, and the families of the dead.
    pub agreed: Vec<String>,
    /// Its heading in English.
    pub english_heading: String,
    /// Its text in English, or the gist of it; a line break ends a paragraph.
    pub english: String,
    /// Where a reader finds more, an address or whatever else a QR code may hold; nothing is printed when it is empty.
    pub link: String,
}

/// A photograph in an article.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ArticlePhoto {
    /// Which.
    pub picture: PictureId,
    /// The line below it; whoever does not see the picture hears this.
    pub caption: String,
    /// It stands across all columns.
    pub wide: bool,
    /// The part of it that is shown.
    pub crop: PhotoCrop,
}

/// A part of a photograph as it is seen, in thousandths of its width and height from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct PhotoCrop {
    /// Left edge.
    pub left: u16,
    /// Upper edge.
    pub top: u16,
    /// Width.
    pub width: u16,
    /// Height.
    pub height: u16,
}

impl Default for PhotoCrop {
    /// All of it.
    fn default() -> Self {
        Self { left: 0, top: 0, width: 1000, height: 1000 }
    }
}

/// The articles of an issue, in order.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(transparent)]
pub struct Articles(pub Vec<Article>);
crate::json_column!(Articles, crate::find::Filter, crate::events::Costs);

/// A closed list of words: snake_case on the wire and in the column.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $first:ident $(, $word:ident)* $(,)? })*) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs)]
        pub enum $name { #[default] $first $(, $word)* }
        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> { crate::word_to_sql(self) }
        }
        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                crate::word_from_sql(value)
            }
        }
    )* };
}
pub(crate) use words;

words! {
    /// What a piece of an issue is: words of the president, a report from a workplace, a notice …
    ArticleKind {
        Article, Greeting, Workplace, Interview, Product, News, Voice, Notice, Event, Wanted, Condolence, Quote, Postscript,
        Lead, Photos, Table
    }
    /// Who may read a piece of an issue: everybody; only who works for the company (社内報); only others.
    Audience { Everybody, Inside, Outside }
    /// The paper of an issue.
    PaperSize { A4, B5, Letter }
    /// How a contact was made. What only went out is not two-way, [`ContactKind::ONE_WAY`]: a newsletter; a gift, a telegram.
    ContactKind { Call, Visit, Mail, Letter, Line, Event, Inbound, Newsletter, Sent, Other }
    /// What a contact was about. From `Wedding` on it is 慶弔, [`ContactTopic::RITES`]: 結婚, 出産, 長寿, 受賞, 慶事 of another kind;
    /// 本人の逝去, 家族の不幸, 災害, 弔事 of another kind.
    ContactTopic {
        None, Referral, Order, Advice, Voice, Market, Wedding, Birth, LongLife, Award, Joy, Death, FamilyDeath, Disaster, Grief
    }
    /// For what a person may be written to, or what of them may be printed: name, photo, present employer, years with the
    /// company, kind of work, each agreed to for itself.
    Purpose {
        Newsletter, Event, Rehire, Help, Referral, NameInPrint, PhotoInPrint, EmployerInPrint, YearsInPrint, WorkInPrint
    }
    /// By what a person may be reached.
    Channel { Post, Mail, Phone, Line, Print }
    /// The four bases: the person agreed; was always written to and told why; asked for it; none yet.
    Basis { None, Consent, Notified, Requested }
    /// The pages of 退職の手続き, in order.
    ExitPage { Dates, Items, Interview, Agreements, Reach, Bases, Charge, Paper }
    /// What kind of thing a line of its checklist is.
    ExitItemKind { Return, Account, Paper }
    /// 秘密保持, 競業避止.
    AgreementKind { Secrecy, Competition }
    /// The paper of a dispatch: a letter to each for a window envelope, the same paper to all with labels, postcards,
    /// 往復はがき, envelopes 長形3号 and 角形2号; or drafts of mails.
    DispatchForm { Letters, Labels, Cards, Doubles, Naga3, Kaku2, Drafts }
    /// The greetings of a year and of a company that want no answer: 年賀, 寒中, 暑中, 社長交代, 移転.
    Occasion { None, NewYear, Winter, Summer, President, Moving }
    /// Whether a consent holds.
    ConsentState { Unknown, Yes, No, Withdrawn }
}
