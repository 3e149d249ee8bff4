//! Every command of the program, a line each: name, input, output, who may, what kind, which function. The page's
//! types and the tests that run over "every command that …" come from here.
//!
//! A write is one step of the journal and is called there by the command's name; the page has a sentence for it.

use crate::{
    Call, Fault, FaultKind, attachments, audit, backup, bases, company, death, dispatch, duplicates, event,
    exit, export, form, hand_over, here, interview, issue, list, moving, people, photo, postal, records::*,
    restore, rights, rites, sealed, today, typed, users,
};
use register::*;
use serde::{Serialize, de::DeserializeOwned};
use ts_rs::TS;

/// Who may run a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Everybody, also while no register is open.
    Nobody,
    /// Whoever opened the register.
    Staff,
    /// Those who may open what is sealed.
    Owner,
}

/// What a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Opens, closes or makes a register.
    Door,
    /// Answers.
    Read,
    /// Changes the register in one step that can be undone.
    Write,
    /// Makes a page, label, list or draft that reaches people.
    Reach,
    /// Takes longer than a moment and changes nothing; tells its progress and can be stopped.
    Job,
    /// As `Job`, and ends in one step that can be undone.
    WriteJob,
    /// Undoes or redoes.
    Step,
    /// Takes something away for good, alone and with no way back.
    Erase,
    /// Writes beside the register: backups, and where they go. Nothing that could be undone.
    Keep,
}

/// A line of the table.
pub struct Row {
    /// The command's name.
    pub name: &'static str,
    /// Who may.
    pub role: Role,
    /// What kind.
    pub kind: Kind,
    /// What it takes,
    pub input: &'static str,
    /// … and what it gives, by the names of their types.
    pub output: &'static str,
    /// Runs it: JSON in, JSON out.
    pub(crate) run: fn(&Call<'_>, &str) -> Result<String, Fault>,
    /// Both as the page names them. Not in what is shipped: `ts-rs` writes its code in another order each time.
    #[cfg(test)]
    types: fn(&mut tests::Types) -> (String, String),
}

impl Row {
    /// Whether it writes to the register that is open, or beside it.
    pub fn writes(&self) -> bool {
        match self.kind {
            Kind::Write | Kind::WriteJob | Kind::Step | Kind::Erase | Kind::Keep => true,
            // Who may open it, and how.
            Kind::Door => self.role != Role::Nobody,
            Kind::Read | Kind::Reach | Kind::Job => false,
        }
    }
}

macro_rules! table {
    ($($name:ident ($input:ty) -> $output:ty: $role:ident $kind:ident, $function:expr;)*) => {
        /// The table.
        pub static TABLE: &[Row] = &[$(Row {
            name: stringify!($name),
            role: Role::$role,
            kind: Kind::$kind,
            input: stringify!($input),
            output: stringify!($output),
            run: |call, input| answer::<$input, $output>(call, input, $function),
            #[cfg(test)]
            types: |types| (types.name::<$input>(), types.name::<$output>()),
        }),*];
    };
}

table! {
    // The door.
    state(Nothing) -> company::State: Nobody Read, company::state;
    start_company(company::StartCompany) -> company::State: Nobody Door, company::start_company;
    start_sample(Nothing) -> company::State: Nobody Door, company::start_sample;
    unlock(company::Unlock) -> company::State: Nobody Door, company::unlock;
    unlock_here(Nothing) -> company::State: Nobody Door, here::unlock_here;
    lock(Nothing) -> company::State: Nobody Door, company::lock;
    users(Nothing) -> Vec<users::User>: Nobody Read, users::users;
    add_user(users::AddUser) -> u32: Owner Door, users::add_user;
    change_user(users::User) -> users::KeysChanged: Owner Door, users::change_user;
    dismiss_user(One<u32>) -> users::KeysChanged: Owner Door, users::dismiss_user;
    change_passphrase(users::ChangePassphrase) -> Nothing: Staff Door, users::change_passphrase;
    give_passphrase(users::GivePassphrase) -> Nothing: Owner Door, users::give_passphrase;
    keystore_answers(Nothing) -> bool: Staff Read, here::keystore_answers;
    add_key_here(here::AddKeyHere) -> Nothing: Staff Door, here::add_key_here;
    remove_key_here(Nothing) -> Nothing: Staff Door, here::remove_key_here;
    recovery_sheet(users::SheetWords) -> users::SheetPrinted: Owner Door, users::recovery_sheet;
    confirm_recovery(users::SheetLetters) -> Nothing: Owner Door, users::confirm_recovery;
    recover(users::Recover) -> company::State: Nobody Door, users::recover;
    move_register(moving::MoveRegister) -> company::State: Nobody Door, moving::move_register;
    settings(Nothing) -> company::Settings: Staff Read, company::settings;
    change_settings(Changes<company::Settings>) -> Nothing: Owner Write, company::change_settings;

    today(Nothing) -> today::Today: Staff Read, today::today;

    // 名簿: people.
    people(PeopleQuery) -> People: Staff Read, people::people;
    notes(people::NotesQuery) -> NotesFound: Staff Read, people::notes;
    person(One<PersonId>) -> PersonCard: Staff Read, people::person;
    add_person(Given<Person>) -> PersonId: Staff Write, add;
    change_person(Change<Person>) -> Nothing: Staff Write, change;
    remove_person(One<PersonId>) -> Nothing: Staff Write, people::remove_person;
    add_address(Given<Address>) -> AddressId: Staff Write, add_best;
    change_address(Change<Address>) -> Nothing: Staff Write, change_best;
    remove_address(One<AddressId>) -> Nothing: Staff Write, remove::<Address>;
    add_phone(Given<Phone>) -> PhoneId: Staff Write, add_best;
    change_phone(Change<Phone>) -> Nothing: Staff Write, change_best;
    remove_phone(One<PhoneId>) -> Nothing: Staff Write, remove::<Phone>;
    add_mail(Given<Mail>) -> MailId: Staff Write, add_best;
    change_mail(Change<Mail>) -> Nothing: Staff Write, change_best;
    remove_mail(One<MailId>) -> Nothing: Staff Write, remove::<Mail>;
    add_employment(Given<Employment>) -> EmploymentId: Staff Write, add;
    change_employment(Change<Employment>) -> Nothing: Staff Write, change;
    remove_employment(One<EmploymentId>) -> Nothing: Staff Write, remove::<Employment>;
    tags(Nothing) -> Vec<people::TagCount>: Staff Read, people::tags;
    add_tag(people::Tagging) -> u32: Staff WriteJob, people::add_tag;
    remove_tag(people::Tagging) -> u32: Staff WriteJob, people::remove_tag;
    own_fields(Nothing) -> Vec<Kept<OwnField>>: Staff Read, all;
    add_own_field(Given<OwnField>) -> OwnFieldId: Staff Write, add;
    change_own_field(Change<OwnField>) -> Nothing: Staff Write, change;
    remove_own_field(One<OwnFieldId>) -> Nothing: Staff Write, remove::<OwnField>;
    change_own_value(OwnValue) -> Nothing: Staff Write, people::change_own_value;
    photo(One<PersonId>) -> photo::Photo: Staff Read, photo::photo;
    change_photo(photo::ChangePhoto) -> Nothing: Staff Write, photo::change_photo;
    saved_filters(Nothing) -> Vec<Kept<SavedFilter>>: Staff Read, all;
    add_saved_filter(Given<SavedFilter>) -> SavedFilterId: Staff Write, add;
    change_saved_filter(Change<SavedFilter>) -> Nothing: Staff Write, change;
    remove_saved_filter(One<SavedFilterId>) -> Nothing: Staff Write, remove::<SavedFilter>;
    read_day(typed::Typed) -> typed::DayRead: Nobody Read, typed::read_day;
    read_postal(typed::Typed) -> postal::PostalRead: Nobody Read, postal::read_postal;
    read_phone(typed::Typed) -> typed::TextRead: Nobody Read, typed::read_phone;
    postal_codes(postal::AddressText) -> Vec<intake::Place>: Nobody Read, postal::postal_codes;
    postal_dictionary(Nothing) -> postal::PostalDictionary: Nobody Read, postal::postal_dictionary;
    change_postal_dictionary(postal::ChangePostalDictionary) -> postal::PostalDictionary: Staff Keep, postal::change_postal_dictionary;
    read_list(list::ReadList) -> list::ListRead: Staff Read, list::read_list;
    paste_list(list::PasteList) -> String: Staff Read, list::paste_list;
    check_list(list::MappedList) -> list::ListChecked: Staff Job, list::check_list;
    list_rows(list::RowsQuery) -> list::ListRows: Staff Job, list::list_rows;
    list_rest(list::RestWanted) -> export::Exported: Staff Job, list::list_rest;
    import_people(list::MappedList) -> list::Imported: Staff WriteJob, list::import_people;
    duplicates(Nothing) -> duplicates::Duplicates: Staff Job, duplicates::duplicates;
    merge_people(duplicates::MergePeople) -> Nothing: Staff Write, duplicates::merge_people;
    separate_people(One<PersonId>) -> Nothing: Staff Write, duplicates::separate_people;
    keep_apart(duplicates::Two) -> Nothing: Staff Write, duplicates::keep_apart;
    export_people(export::ExportPeople) -> export::Exported: Staff Job, export::export_people;
    export_all(Nothing) -> export::Exported: Owner Job, export::export_all;
    export_form(Nothing) -> export::Exported: Staff Read, export::export_form;
    take_all(export::TakeAll) -> u32: Owner WriteJob, export::take_all;

    // つながり: contacts, consents, colleagues.
    add_contact(Given<Contact>) -> ContactId: Staff Write, add;
    change_contact(Change<Contact>) -> Nothing: Staff Write, change;
    remove_contact(One<ContactId>) -> Nothing: Staff Write, remove::<Contact>;
    add_consent(Given<Consent>) -> ConsentId: Staff Write, add;
    change_consent(Change<Consent>) -> Nothing: Staff Write, change;
    remove_consent(One<ConsentId>) -> Nothing: Staff Write, remove::<Consent>;
    give_basis(bases::GiveBasis) -> bases::BasisGiven: Staff WriteJob, bases::give_basis;
    print_asking(bases::PrintAsking) -> bases::AskingPrinted: Staff Reach, bases::print_asking;
    record_asked(bases::RecordAsked) -> u32: Staff WriteJob, bases::record_asked;
    add_contacts(people::AddContacts) -> u32: Staff WriteJob, people::add_contacts;
    add_attachment(attachments::AddAttachment) -> AttachmentId: Staff Write, attachments::add_attachment;
    attachment(One<AttachmentId>) -> form::FormPrinted: Staff Read, attachments::attachment;
    remove_attachment(One<AttachmentId>) -> Nothing: Staff Write, attachments::remove_attachment;
    colleagues(Nothing) -> Vec<Kept<Colleague>>: Staff Read, all;
    add_colleague(Given<Colleague>) -> ColleagueId: Staff Write, add;
    change_colleague(Change<Colleague>) -> Nothing: Staff Write, change;
    remove_colleague(One<ColleagueId>) -> Nothing: Staff Write, remove::<Colleague>;
    in_charge_of(One<ColleagueId>) -> Vec<hand_over::InCharge>: Staff Read, hand_over::in_charge_of;
    hand_over(hand_over::HandOver) -> u32: Staff Write, hand_over::hand_over;
    print_hand_over(hand_over::PrintHandOver) -> form::FormPrinted: Staff Job, hand_over::print_hand_over;

    record_death(death::RecordDeath) -> Nothing: Staff Write, death::record_death;
    to_tell(One<PersonId>) -> death::ToTell: Staff Read, death::to_tell;

    // 慶弔の記録.
    rites(rites::RitesQuery) -> Rites: Staff Read, rites::rites;
    print_rites(rites::PrintRites) -> rites::RitesPrinted: Staff Job, rites::print_rites;

    // 本人の請求, and what has had its time.
    disclosure(rights::Disclose) -> rights::Disclosure: Staff Read, rights::disclosure;
    print_disclosure(rights::PrintDisclosure) -> rights::DisclosurePrinted: Staff Job, rights::print_disclosure;
    stop_person(One<PersonId>) -> Nothing: Staff Write, rights::stop_person;
    text_elsewhere(rights::SealText) -> rights::Elsewhere: Staff Read, rights::text_elsewhere;
    seal_text(rights::SealText) -> Nothing: Staff Erase, rights::seal_text;
    erasure(One<PersonId>) -> rights::Erasure: Owner Read, rights::erasure;
    erase_person(rights::ErasePerson) -> form::FormPrinted: Owner Erase, rights::erase_person;
    remove_roster(rights::RemoveRoster) -> form::FormPrinted: Owner Erase, rights::remove_roster;
    removable(Nothing) -> rights::Removable: Owner Read, rights::removable;

    // 退職の手続き.
    exits(Nothing) -> Vec<ExitRow>: Staff Read, exit::exits;
    exit(One<PersonId>) -> ExitCard: Staff Read, exit::exit;
    begin_exit(exit::BeginExit) -> exit::ExitBegun: Staff Write, exit::begin_exit;
    change_exit(Change<Exit>) -> Nothing: Staff Write, change;
    add_exit_item(Given<ExitItem>) -> ExitItemId: Staff Write, add;
    change_exit_item(Change<ExitItem>) -> Nothing: Staff Write, change;
    remove_exit_item(One<ExitItemId>) -> Nothing: Staff Write, remove::<ExitItem>;
    add_agreement(Given<Agreement>) -> AgreementId: Staff Write, add;
    change_agreement(Change<Agreement>) -> Nothing: Staff Write, change;
    remove_agreement(One<AgreementId>) -> Nothing: Staff Write, remove::<Agreement>;
    add_interview(interview::AddInterview) -> SealedNoteId: Staff Write, interview::add_interview;
    print_form(form::PrintForm) -> form::FormPrinted: Staff Reach, form::print_form;
    leaving_reasons(Nothing) -> interview::Reasons: Owner Read, interview::leaving_reasons;

    // 封をした記録: what only 開ける人 read.
    sealed_notes(One<PersonId>) -> Vec<sealed::SealedNote>: Owner Read, sealed::sealed_notes;
    add_sealed_note(sealed::AddSealedNote) -> SealedNoteId: Staff Write, sealed::add_sealed_note;
    remove_sealed_note(One<SealedNoteId>) -> Nothing: Owner Write, sealed::remove_sealed_note;

    // 紙: the newsletter.
    issues(Nothing) -> Vec<Kept<Issue>>: Staff Read, all;
    issue(One<IssueId>) -> Issue: Staff Read, issue::issue;
    new_leavers(One<IssueId>) -> issue::NewLeavers: Staff Read, issue::new_leavers;
    add_issue(Given<Issue>) -> IssueId: Staff Write, issue::add_issue;
    change_issue(Change<Issue>) -> Nothing: Staff Write, issue::change_issue;
    remove_issue(One<IssueId>) -> Nothing: Staff Write, issue::remove_issue;
    picture(One<PictureId>) -> photo::Photo: Staff Read, photo::picture;
    emblem(Nothing) -> Option<photo::Photo>: Staff Read, photo::emblem;
    change_emblem(photo::ChangeEmblem) -> Nothing: Staff Write, photo::change_emblem;
    fit_issue(One<IssueId>) -> issue::IssueFitted: Staff Read, issue::fit_issue;
    add_picture(photo::AddPicture) -> PictureId: Staff Write, photo::add_picture;
    print_issue(issue::PrintIssue) -> issue::IssuePrinted: Staff Reach, issue::print_issue;

    // 発送: through one gate to paper, and into the ledger.
    check_dispatch(dispatch::Gate) -> dispatch::Piles: Staff Read, dispatch::check_dispatch;
    check_issue(One<IssueId>) -> dispatch::IssueChecked: Staff Read, dispatch::check_issue;
    agree_in_issue(dispatch::AgreeInIssue) -> Nothing: Staff Write, dispatch::agree_in_issue;
    draft_issue(dispatch::DraftIssue) -> dispatch::DispatchPrinted: Staff Reach, dispatch::draft_issue;
    label_sheets(Nothing) -> Vec<dispatch::LabelSheet>: Staff Read, dispatch::label_sheets;
    print_dispatch(dispatch::PrintDispatch) -> dispatch::DispatchPrinted: Staff Reach, dispatch::print_dispatch;
    print_moved(dispatch::PrintMoved) -> dispatch::DispatchPrinted: Staff Reach, dispatch::print_moved;
    add_dispatch(dispatch::AddDispatch) -> DispatchId: Staff Write, dispatch::add_dispatch;
    record_sent(dispatch::RecordSent) -> dispatch::SentRecorded: Staff Write, dispatch::record_sent;
    record_return(One<SendingId>) -> Nothing: Staff Write, dispatch::record_return;
    remove_dispatch(One<DispatchId>) -> Nothing: Staff Write, dispatch::remove_dispatch;
    dispatches(LedgerQuery) -> Ledger: Staff Read, dispatch::dispatches;
    dispatch(One<DispatchId>) -> DispatchCard: Staff Read, dispatch::dispatch;
    dispatch_paper(One<DispatchPaperId>) -> dispatch::Paper: Staff Read, dispatch::dispatch_paper;

    postage(dispatch::PostageOf) -> Option<dispatch::Postage>: Staff Read, dispatch::postage;
    printers(Nothing) -> Vec<dispatch::Printer>: Staff Read, dispatch::printers;
    change_printer(dispatch::Printer) -> Vec<dispatch::Printer>: Staff Keep, dispatch::change_printer;
    print_test(dispatch::PrintTest) -> dispatch::Paper: Staff Read, dispatch::print_test;
    print_paper(dispatch::PrintPaper) -> dispatch::PaperRun: Staff Reach, dispatch::print_paper;
    greetings(Nothing) -> dispatch::Greetings: Staff Read, dispatch::greetings;
    own_sheets(Nothing) -> Vec<Kept<OwnSheet>>: Staff Read, all;
    add_own_sheet(Given<OwnSheet>) -> OwnSheetId: Staff Write, add;
    change_own_sheet(Change<OwnSheet>) -> Nothing: Staff Write, change;
    remove_own_sheet(One<OwnSheetId>) -> Nothing: Staff Write, remove::<OwnSheet>;

    // 出/受: season's cards, year by year.
    card_years(people::CardsOf) -> Vec<CardYear>: Staff Read, people::card_years;
    add_received(Given<Received>) -> ReceivedId: Staff Write, add;
    remove_received(One<ReceivedId>) -> Nothing: Staff Write, remove::<Received>;
    record_mourning(One<PersonId>) -> Nothing: Staff Write, people::record_mourning;

    // 行事: who is invited, what they answer, and the day itself.
    events(Nothing) -> Vec<EventRow>: Staff Read, event::events;
    event(One<EventId>) -> event::EventRead: Staff Read, event::event;
    add_event(Given<Event>) -> EventId: Staff Write, event::add_event;
    change_event(Change<Event>) -> Nothing: Staff Write, event::change_event;
    copy_event(One<EventId>) -> EventId: Staff Write, event::copy_event;
    remove_event(One<EventId>) -> Nothing: Staff Write, event::remove_event;
    check_invitation(event::Invitation) -> event::InvitationChecked: Staff Read, event::check_invitation;
    invite(event::Invitation) -> event::InvitedNow: Staff WriteJob, event::invite;
    remove_invitee(One<InviteeId>) -> Nothing: Staff Write, event::remove_invitee;
    read_code(event::CodeTyped) -> event::CodeRead: Staff Read, event::read_code;
    record_reply(Reply) -> Nothing: Staff Write, event::record_reply;
    change_invitee(Change<Invitee>) -> Nothing: Staff Write, event::change_invitee;
    add_walk_in(event::WalkIn) -> InviteeId: Staff Write, event::add_walk_in;
    seat_event(One<EventId>) -> event::Seated: Staff Write, event::seat_event;
    finish_event(One<EventId>) -> u32: Staff Write, event::finish_event;
    print_event(event::PrintEvent) -> form::FormPrinted: Staff Reach, event::print_event;
    badge_sheets(Nothing) -> Vec<dispatch::LabelSheet>: Staff Read, event::badge_sheets;
    print_badges(event::PrintBadges) -> form::FormPrinted: Staff Reach, event::print_badges;
    printable_news(Nothing) -> Vec<event::EventNews>: Staff Reach, event::printable_news;
    draft_mails(event::DraftMails) -> event::DraftsMade: Staff Reach, event::draft_mails;
    event_calendar(One<EventId>) -> form::FormPrinted: Staff Reach, event::event_calendar;

    // 変更の履歴.
    steps(people::StepsQuery) -> people::Steps: Staff Read, people::steps;
    undo(people::WhichStep) -> Step: Staff Step, people::undo;
    redo(people::WhichStep) -> Step: Staff Step, people::redo;
    audit(audit::AuditQuery) -> Vec<AuditRow>: Owner Read, audit::audit;
    check_audit(Nothing) -> AuditChecked: Owner Read, audit::check_audit;
    export_audit(Nothing) -> export::Exported: Owner Reach, audit::export_audit;

    // 控え: backups, and the way back.
    safety(Nothing) -> backup::Safety: Staff Read, backup::safety;
    back_up(Nothing) -> backup::BackedUp: Staff Job, backup::back_up;
    change_second_place(backup::ChangeSecondPlace) -> Nothing: Owner Keep, backup::change_second_place;
    backups(Nothing) -> backup::Backups: Nobody Read, backup::backups;
    read_backup(backup::ReadBackup) -> backup::Saved: Nobody Read, backup::read_backup;
    check_backup(restore::OpenBackup) -> restore::BackupChecked: Nobody Door, restore::check_backup;
    restore(restore::Restore) -> restore::Restored: Nobody Door, restore::restore;
}

/// A command that takes or gives nothing: `{}` and `null`.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize, serde::Deserialize, TS)]
pub struct Nothing {}

fn answer<I: DeserializeOwned, O: Serialize>(
    call: &Call<'_>,
    input: &str,
    function: fn(&Call<'_>, I) -> Result<O, Fault>,
) -> Result<String, Fault> {
    let input = serde_json::from_str(input)
        .map_err(|error| Fault::new(FaultKind::Invalid, "wrong_form").with("detail", error.to_string()))?;
    Ok(serde_json::to_string(&function(call, input)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// The TypeScript declarations met so far, by name.
    pub(super) struct Types {
        settings: ts_rs::Config,
        declared: BTreeMap<String, String>,
    }

    impl Types {
        pub(super) fn name<T: TS + 'static + ?Sized>(&mut self) -> String {
            ts_rs::TypeVisitor::visit::<T>(self);
            T::name(&self.settings)
        }
    }

    impl ts_rs::TypeVisitor for Types {
        fn visit<T: TS + 'static + ?Sized>(&mut self) {
            let name = T::ident(&self.settings);
            let own = T::output_path().is_some();
            if own && self.declared.contains_key(&name) {
                T::visit_generics(self);
                return;
            }
            if own {
                self.declared.insert(name, format!("export {}", T::decl(&self.settings)));
            }
            T::visit_dependencies(self);
            T::visit_generics(self);
        }
    }

    /// The page's side of the table: every command with its types, and every type they are made of.
    fn typescript() -> String {
        let settings = ts_rs::Config::new().with_large_int("number");
        let mut types = Types { settings, declared: BTreeMap::new() };
        let rows: Vec<String> = TABLE
            .iter()
            .map(|row| {
                let (input, output) = (row.types)(&mut types);
                let kind = format!("{:?}", row.kind).to_lowercase();
                format!("  {}: {{ input: {input}; output: {output}; kind: \"{kind}\" }};\n", row.name)
            })
            .collect();
        types.name::<Fault>();
        types.name::<crate::Progress>();
        let declared: Vec<_> = types.declared.into_values().collect();
        format!(
            "// Made from the command table by `cargo test -p desk`. Do not edit.\n\n\
             export interface Commands {{\n{}}}\n\n{}\n",
            rows.concat(),
            declared.join("\n\n")
        )
    }

    /// Written anew by this test when it is stale, so that the second run passes; CI has only the first.
    #[test]
    fn the_types_of_the_page_are_those_of_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/gen/desk.ts");
        let now = typescript();
        let kept = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
        if kept != now {
            std::fs::write(path, &now).unwrap();
        }
        assert!(kept == now, "ui/src/gen/desk.ts was stale; it has been written anew, commit it");
    }
}
