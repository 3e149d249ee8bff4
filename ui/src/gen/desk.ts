// Made from the command table by `cargo test -p desk`. Do not edit.

export interface Commands {
  state: { input: Nothing; output: State; kind: "read" };
  start_company: { input: StartCompany; output: State; kind: "door" };
  start_sample: { input: Nothing; output: State; kind: "door" };
  unlock: { input: Unlock; output: State; kind: "door" };
  unlock_here: { input: Nothing; output: State; kind: "door" };
  lock: { input: Nothing; output: State; kind: "door" };
  users: { input: Nothing; output: Array<User>; kind: "read" };
  add_user: { input: AddUser; output: number; kind: "door" };
  change_user: { input: User; output: KeysChanged; kind: "door" };
  dismiss_user: { input: One<number>; output: KeysChanged; kind: "door" };
  change_passphrase: { input: ChangePassphrase; output: Nothing; kind: "door" };
  give_passphrase: { input: GivePassphrase; output: Nothing; kind: "door" };
  keystore_answers: { input: Nothing; output: boolean; kind: "read" };
  add_key_here: { input: AddKeyHere; output: Nothing; kind: "door" };
  remove_key_here: { input: Nothing; output: Nothing; kind: "door" };
  recovery_sheet: { input: SheetWords; output: SheetPrinted; kind: "door" };
  confirm_recovery: { input: SheetLetters; output: Nothing; kind: "door" };
  recover: { input: Recover; output: State; kind: "door" };
  move_register: { input: MoveRegister; output: State; kind: "door" };
  settings: { input: Nothing; output: Settings; kind: "read" };
  change_settings: { input: Partial<Settings>; output: Nothing; kind: "write" };
  today: { input: Nothing; output: Today; kind: "read" };
  people: { input: PeopleQuery; output: People; kind: "read" };
  notes: { input: NotesQuery; output: NotesFound; kind: "read" };
  person: { input: One<PersonId>; output: PersonCard; kind: "read" };
  add_person: { input: Partial<Person>; output: PersonId; kind: "write" };
  change_person: { input: Change<Person>; output: Nothing; kind: "write" };
  remove_person: { input: One<PersonId>; output: Nothing; kind: "write" };
  add_address: { input: Partial<Address>; output: AddressId; kind: "write" };
  change_address: { input: Change<Address>; output: Nothing; kind: "write" };
  remove_address: { input: One<AddressId>; output: Nothing; kind: "write" };
  add_phone: { input: Partial<Phone>; output: PhoneId; kind: "write" };
  change_phone: { input: Change<Phone>; output: Nothing; kind: "write" };
  remove_phone: { input: One<PhoneId>; output: Nothing; kind: "write" };
  add_mail: { input: Partial<Mail>; output: MailId; kind: "write" };
  change_mail: { input: Change<Mail>; output: Nothing; kind: "write" };
  remove_mail: { input: One<MailId>; output: Nothing; kind: "write" };
  add_employment: { input: Partial<Employment>; output: EmploymentId; kind: "write" };
  change_employment: { input: Change<Employment>; output: Nothing; kind: "write" };
  remove_employment: { input: One<EmploymentId>; output: Nothing; kind: "write" };
  tags: { input: Nothing; output: Array<TagCount>; kind: "read" };
  add_tag: { input: Tagging; output: number; kind: "writejob" };
  remove_tag: { input: Tagging; output: number; kind: "writejob" };
  own_fields: { input: Nothing; output: Array<Kept<OwnField>>; kind: "read" };
  add_own_field: { input: Partial<OwnField>; output: OwnFieldId; kind: "write" };
  change_own_field: { input: Change<OwnField>; output: Nothing; kind: "write" };
  remove_own_field: { input: One<OwnFieldId>; output: Nothing; kind: "write" };
  change_own_value: { input: OwnValue; output: Nothing; kind: "write" };
  photo: { input: One<PersonId>; output: Photo; kind: "read" };
  change_photo: { input: ChangePhoto; output: Nothing; kind: "write" };
  saved_filters: { input: Nothing; output: Array<Kept<SavedFilter>>; kind: "read" };
  add_saved_filter: { input: Partial<SavedFilter>; output: SavedFilterId; kind: "write" };
  change_saved_filter: { input: Change<SavedFilter>; output: Nothing; kind: "write" };
  remove_saved_filter: { input: One<SavedFilterId>; output: Nothing; kind: "write" };
  read_day: { input: Typed; output: DayRead; kind: "read" };
  read_postal: { input: Typed; output: PostalRead; kind: "read" };
  read_phone: { input: Typed; output: TextRead; kind: "read" };
  postal_codes: { input: AddressText; output: Array<PostalPlace>; kind: "read" };
  postal_dictionary: { input: Nothing; output: PostalDictionary; kind: "read" };
  change_postal_dictionary: { input: ChangePostalDictionary; output: PostalDictionary; kind: "keep" };
  read_list: { input: ReadList; output: ListRead; kind: "read" };
  paste_list: { input: PasteList; output: string; kind: "read" };
  check_list: { input: MappedList; output: ListChecked; kind: "job" };
  list_rows: { input: RowsQuery; output: ListRows; kind: "job" };
  list_rest: { input: RestWanted; output: Exported; kind: "job" };
  import_people: { input: MappedList; output: Imported; kind: "writejob" };
  duplicates: { input: Nothing; output: Duplicates; kind: "job" };
  merge_people: { input: MergePeople; output: Nothing; kind: "write" };
  separate_people: { input: One<PersonId>; output: Nothing; kind: "write" };
  keep_apart: { input: Two; output: Nothing; kind: "write" };
  export_people: { input: ExportPeople; output: Exported; kind: "job" };
  export_all: { input: Nothing; output: Exported; kind: "job" };
  export_form: { input: Nothing; output: Exported; kind: "read" };
  take_all: { input: TakeAll; output: number; kind: "writejob" };
  add_contact: { input: Partial<Contact>; output: ContactId; kind: "write" };
  change_contact: { input: Change<Contact>; output: Nothing; kind: "write" };
  remove_contact: { input: One<ContactId>; output: Nothing; kind: "write" };
  add_consent: { input: Partial<Consent>; output: ConsentId; kind: "write" };
  change_consent: { input: Change<Consent>; output: Nothing; kind: "write" };
  remove_consent: { input: One<ConsentId>; output: Nothing; kind: "write" };
  give_basis: { input: GiveBasis; output: BasisGiven; kind: "writejob" };
  print_asking: { input: PrintAsking; output: AskingPrinted; kind: "reach" };
  record_asked: { input: RecordAsked; output: number; kind: "writejob" };
  add_contacts: { input: AddContacts; output: number; kind: "writejob" };
  add_attachment: { input: AddAttachment; output: AttachmentId; kind: "write" };
  attachment: { input: One<AttachmentId>; output: FormPrinted; kind: "read" };
  remove_attachment: { input: One<AttachmentId>; output: Nothing; kind: "write" };
  colleagues: { input: Nothing; output: Array<Kept<Colleague>>; kind: "read" };
  add_colleague: { input: Partial<Colleague>; output: ColleagueId; kind: "write" };
  change_colleague: { input: Change<Colleague>; output: Nothing; kind: "write" };
  remove_colleague: { input: One<ColleagueId>; output: Nothing; kind: "write" };
  in_charge_of: { input: One<ColleagueId>; output: Array<InCharge>; kind: "read" };
  hand_over: { input: HandOver; output: number; kind: "write" };
  print_hand_over: { input: PrintHandOver; output: FormPrinted; kind: "job" };
  record_death: { input: RecordDeath; output: Nothing; kind: "write" };
  to_tell: { input: One<PersonId>; output: ToTell; kind: "read" };
  rites: { input: RitesQuery; output: Rites; kind: "read" };
  print_rites: { input: PrintRites; output: RitesPrinted; kind: "job" };
  disclosure: { input: Disclose; output: Disclosure; kind: "read" };
  print_disclosure: { input: PrintDisclosure; output: DisclosurePrinted; kind: "job" };
  stop_person: { input: One<PersonId>; output: Nothing; kind: "write" };
  text_elsewhere: { input: SealText; output: Elsewhere; kind: "read" };
  seal_text: { input: SealText; output: Nothing; kind: "erase" };
  erasure: { input: One<PersonId>; output: Erasure; kind: "read" };
  erase_person: { input: ErasePerson; output: FormPrinted; kind: "erase" };
  remove_roster: { input: RemoveRoster; output: FormPrinted; kind: "erase" };
  removable: { input: Nothing; output: Removable; kind: "read" };
  exits: { input: Nothing; output: Array<ExitRow>; kind: "read" };
  exit: { input: One<PersonId>; output: ExitCard; kind: "read" };
  begin_exit: { input: BeginExit; output: ExitBegun; kind: "write" };
  change_exit: { input: Change<Exit>; output: Nothing; kind: "write" };
  add_exit_item: { input: Partial<ExitItem>; output: ExitItemId; kind: "write" };
  change_exit_item: { input: Change<ExitItem>; output: Nothing; kind: "write" };
  remove_exit_item: { input: One<ExitItemId>; output: Nothing; kind: "write" };
  add_agreement: { input: Partial<Agreement>; output: AgreementId; kind: "write" };
  change_agreement: { input: Change<Agreement>; output: Nothing; kind: "write" };
  remove_agreement: { input: One<AgreementId>; output: Nothing; kind: "write" };
  add_interview: { input: AddInterview; output: SealedNoteId; kind: "write" };
  print_form: { input: PrintForm; output: FormPrinted; kind: "reach" };
  leaving_reasons: { input: Nothing; output: Reasons; kind: "read" };
  sealed_notes: { input: One<PersonId>; output: Array<SealedNote>; kind: "read" };
  add_sealed_note: { input: AddSealedNote; output: SealedNoteId; kind: "write" };
  remove_sealed_note: { input: One<SealedNoteId>; output: Nothing; kind: "write" };
  issues: { input: Nothing; output: Array<Kept<Issue>>; kind: "read" };
  issue: { input: One<IssueId>; output: Issue; kind: "read" };
  new_leavers: { input: One<IssueId>; output: NewLeavers; kind: "read" };
  add_issue: { input: Partial<Issue>; output: IssueId; kind: "write" };
  change_issue: { input: Change<Issue>; output: Nothing; kind: "write" };
  remove_issue: { input: One<IssueId>; output: Nothing; kind: "write" };
  picture: { input: One<PictureId>; output: Photo; kind: "read" };
  emblem: { input: Nothing; output: Photo | null; kind: "read" };
  change_emblem: { input: ChangeEmblem; output: Nothing; kind: "write" };
  fit_issue: { input: One<IssueId>; output: IssueFitted; kind: "read" };
  add_picture: { input: AddPicture; output: PictureId; kind: "write" };
  print_issue: { input: PrintIssue; output: IssuePrinted; kind: "reach" };
  check_dispatch: { input: Gate; output: Piles; kind: "read" };
  check_issue: { input: One<IssueId>; output: IssueChecked; kind: "read" };
  agree_in_issue: { input: AgreeInIssue; output: Nothing; kind: "write" };
  draft_issue: { input: DraftIssue; output: DispatchPrinted; kind: "reach" };
  label_sheets: { input: Nothing; output: Array<LabelSheet>; kind: "read" };
  print_dispatch: { input: PrintDispatch; output: DispatchPrinted; kind: "reach" };
  print_moved: { input: PrintMoved; output: DispatchPrinted; kind: "reach" };
  add_dispatch: { input: AddDispatch; output: DispatchId; kind: "write" };
  record_sent: { input: RecordSent; output: SentRecorded; kind: "write" };
  record_return: { input: One<SendingId>; output: Nothing; kind: "write" };
  remove_dispatch: { input: One<DispatchId>; output: Nothing; kind: "write" };
  dispatches: { input: LedgerQuery; output: Ledger; kind: "read" };
  dispatch: { input: One<DispatchId>; output: DispatchCard; kind: "read" };
  dispatch_paper: { input: One<DispatchPaperId>; output: Paper; kind: "read" };
  postage: { input: PostageOf; output: Postage | null; kind: "read" };
  printers: { input: Nothing; output: Array<Printer>; kind: "read" };
  change_printer: { input: Printer; output: Array<Printer>; kind: "keep" };
  print_test: { input: PrintTest; output: Paper; kind: "read" };
  print_paper: { input: PrintPaper; output: PaperRun; kind: "reach" };
  greetings: { input: Nothing; output: Greetings; kind: "read" };
  own_sheets: { input: Nothing; output: Array<Kept<OwnSheet>>; kind: "read" };
  add_own_sheet: { input: Partial<OwnSheet>; output: OwnSheetId; kind: "write" };
  change_own_sheet: { input: Change<OwnSheet>; output: Nothing; kind: "write" };
  remove_own_sheet: { input: One<OwnSheetId>; output: Nothing; kind: "write" };
  card_years: { input: CardsOf; output: Array<CardYear>; kind: "read" };
  add_received: { input: Partial<Received>; output: ReceivedId; kind: "write" };
  remove_received: { input: One<ReceivedId>; output: Nothing; kind: "write" };
  record_mourning: { input: One<PersonId>; output: Nothing; kind: "write" };
  events: { input: Nothing; output: Array<EventRow>; kind: "read" };
  event: { input: One<EventId>; output: EventRead; kind: "read" };
  add_event: { input: Partial<Event>; output: EventId; kind: "write" };
  change_event: { input: Change<Event>; output: Nothing; kind: "write" };
  copy_event: { input: One<EventId>; output: EventId; kind: "write" };
  remove_event: { input: One<EventId>; output: Nothing; kind: "write" };
  check_invitation: { input: Invitation; output: InvitationChecked; kind: "read" };
  invite: { input: Invitation; output: InvitedNow; kind: "writejob" };
  remove_invitee: { input: One<InviteeId>; output: Nothing; kind: "write" };
  read_code: { input: CodeTyped; output: CodeRead; kind: "read" };
  record_reply: { input: Reply; output: Nothing; kind: "write" };
  change_invitee: { input: Change<Invitee>; output: Nothing; kind: "write" };
  add_walk_in: { input: WalkIn; output: InviteeId; kind: "write" };
  seat_event: { input: One<EventId>; output: Seated; kind: "write" };
  finish_event: { input: One<EventId>; output: number; kind: "write" };
  print_event: { input: PrintEvent; output: FormPrinted; kind: "reach" };
  badge_sheets: { input: Nothing; output: Array<LabelSheet>; kind: "read" };
  print_badges: { input: PrintBadges; output: FormPrinted; kind: "reach" };
  printable_news: { input: Nothing; output: Array<EventNews>; kind: "reach" };
  draft_mails: { input: DraftMails; output: DraftsMade; kind: "reach" };
  event_calendar: { input: One<EventId>; output: FormPrinted; kind: "reach" };
  steps: { input: StepsQuery; output: Steps; kind: "read" };
  undo: { input: WhichStep; output: Step; kind: "step" };
  redo: { input: WhichStep; output: Step; kind: "step" };
  audit: { input: AuditQuery; output: Array<AuditRow>; kind: "read" };
  check_audit: { input: Nothing; output: AuditChecked; kind: "read" };
  export_audit: { input: Nothing; output: Exported; kind: "reach" };
  safety: { input: Nothing; output: Safety; kind: "read" };
  back_up: { input: Nothing; output: BackedUp; kind: "job" };
  change_second_place: { input: ChangeSecondPlace; output: Nothing; kind: "keep" };
  backups: { input: Nothing; output: Backups; kind: "read" };
  read_backup: { input: ReadBackup; output: Saved; kind: "read" };
  check_backup: { input: OpenBackup; output: BackupChecked; kind: "door" };
  restore: { input: Restore; output: Restored; kind: "door" };
}

export type AddAttachment = { 
/**
 * With what.
 */
to: AttachedTo, 
/**
 * Its token.
 */
file: string, 
/**
 * Its name, with the ending.
 */
name: string, };

export type AddContacts = { 
/**
 * With whom.
 */
selection: Selection, 
/**
 * What; whose it is is left open.
 */
contact: Partial<Contact>, };

export type AddDispatch = { 
/**
 * The token of the first of them.
 */
file: string, };

export type AddInterview = { 
/**
 * With whom.
 */
person: PersonId, 
/**
 * What was said.
 */
interview: Interview, 
/**
 * What the person agreed to be found by, in open fields.
 */
open: OpenAnswers | null, };

export type AddKeyHere = { 
/**
 * 合言葉.
 */
passphrase: string, };

export type AddPicture = { 
/**
 * The issue.
 */
issue: IssueId, 
/**
 * The article, the first is 0.
 */
article: number, 
/**
 * The token of a JPEG.
 */
file: string, };

export type AddSealedNote = { 
/**
 * About whom.
 */
person: PersonId, 
/**
 * What is to be kept.
 */
text: string, };

export type AddUser = { 
/**
 * The name.
 */
name: string, 
/**
 * 開ける人, or 印刷の人.
 */
owner: boolean, 
/**
 * Their 合言葉, which they type themselves.
 */
passphrase: string, };

export type Address = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * 自宅, 実家, 勤務先 …
 */
label: string, 
/**
 * Postal code as written.
 */
postal: string, 
/**
 * 都道府県.
 */
prefecture: string, 
/**
 * 市区町村.
 */
city: string, 
/**
 * 町名・番地.
 */
street: string, 
/**
 * 建物・部屋.
 */
building: string, 
/**
 * The one to use.
 */
best: boolean, 
/**
 * When the person last confirmed it.
 */
confirmed_on: Day | null, };

export type AddressId = number;

export type AddressText = { 
/**
 * Prefecture, city and street in one.
 */
address: string, };

export type AgreeInIssue = { 
/**
 * The issue.
 */
issue: IssueId, 
/**
 * The article, the first is 0.
 */
article: number, 
/**
 * The name, as [`check_issue`] tells it.
 */
name: string, 
/**
 * Whether they agreed.
 */
agreed: boolean, };

export type Agreement = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Which kind.
 */
kind: AgreementKind, 
/**
 * When.
 */
signed_on: Day | null, 
/**
 * Until when it holds; open-ended without a day.
 */
until_on: Day | null, 
/**
 * On what and where.
 */
scope: string, 
/**
 * What the company gives for it.
 */
compensation: string, 
/**
 * Where the paper is kept.
 */
evidence: string, };

export type AgreementId = number;

export type AgreementKind = "secrecy" | "competition";

export type Answer = { 
/**
 * The name of the question; the page has its words.
 */
question: string, 
/**
 * What was said.
 */
text: string, };

export type Anyway = { 
/**
 * To whom.
 */
person: PersonId, 
/**
 * Why; it is kept in the ledger.
 */
reason: string, };

export type Article = { 
/**
 * What it is; an article of an older register is an article.
 */
kind: ArticleKind, 
/**
 * Its heading.
 */
heading: string, 
/**
 * Its text; a line break ends a paragraph.
 */
body: string, 
/**
 * Who wrote it, if it is said.
 */
byline: string, 
/**
 * Its photographs: the first stands after the first paragraph, the second after the second.
 */
photos: Array<ArticlePhoto>, 
/**
 * Its heading stands across all columns; a box or a quotation does so as a whole.
 */
wide: boolean, 
/**
 * Who may read it.
 */
audience: Audience, 
/**
 * Who was asked and agreed to stand in it: staff, whose consents the register does not keep, people whose present
 * employer or side job it names, and the families of the dead.
 */
agreed: Array<string>, 
/**
 * Its heading in English.
 */
english_heading: string, 
/**
 * Its text in English, or the gist of it; a line break ends a paragraph.
 */
english: string, 
/**
 * Where a reader finds more, an address or whatever else a QR code may hold; nothing is printed when it is empty.
 */
link: string, };

export type ArticleKind = "article" | "greeting" | "workplace" | "interview" | "product" | "news" | "voice" | "notice" | "event" | "wanted" | "condolence" | "quote" | "postscript" | "lead" | "photos" | "table";

export type ArticlePhoto = { 
/**
 * Which.
 */
picture: PictureId, 
/**
 * The line below it; whoever does not see the picture hears this.
 */
caption: string, 
/**
 * It stands across all columns.
 */
wide: boolean, 
/**
 * The part of it that is shown.
 */
crop: PhotoCrop, };

export type Articles = Array<Article>;

export type AskingPrinted = { 
/**
 * The PDF's token; none when nobody may be asked.
 */
file: string | null, 
/**
 * Its proposed file name.
 */
name: string, 
/**
 * To whom.
 */
people: Array<PersonId>, 
/**
 * So many are left out: they have died, asked to be left alone, answered, or may be written to already.
 */
left_out: number, 
/**
 * So many have no address that is known to be good.
 */
no_address: number, };

export type At = number;

export type AttachedTo = { "contact": ContactId } | { "consent": ConsentId } | { "agreement": AgreementId };

export type Attachment = { 
/**
 * Its id.
 */
id: AttachmentId, 
/**
 * With what it is kept.
 */
to: AttachedTo, 
/**
 * Its name, with the ending.
 */
name: string, 
/**
 * How many bytes it has.
 */
bytes: number, 
/**
 * So many other people have the same file: their names stand on it too.
 */
shared_by: number, };

export type AttachmentId = number;

export type Attendance = "invited" | "by_post" | "awaited" | "coming" | "declined" | "came";

export type Audience = "everybody" | "inside" | "outside";

export type AuditChecked = { 
/**
 * How many rows there are.
 */
rows: number, 
/**
 * The first row that does not fit what stands before it.
 */
broken_at: number | null, 
/**
 * The last row's hash, to be kept on paper.
 */
head: string, };

export type AuditQuery = { 
/**
 * The first wanted, from the newest.
 */
offset: number, 
/**
 * How many, at most 100; 0 for as many as that.
 */
limit: number, };

export type AuditRow = { 
/**
 * Its number, from 1, without gaps.
 */
id: number, 
/**
 * When.
 */
at: At, 
/**
 * By whom.
 */
user: string, 
/**
 * Which command.
 */
command: string, 
/**
 * What was undone or redone, when the command is that.
 */
of: string, 
/**
 * How many people it touched.
 */
people: number, 
/**
 * About whom, when it is about one person.
 */
person: PersonId | null, 
/**
 * Separated by blanks: `+table` for what was added, `-table` for what was removed, `table.field` for what was
 * changed; other commands say here what else there is to say.
 */
fields: string, 
/**
 * The hash over this row and all before it, in hex digits.
 */
link: string, };

export type BackWords = { 
/**
 * 謹賀新年, or what it is about; may be empty.
 */
heading: string, 
/**
 * The message, a paragraph a line, with places for names: 「{お名前}様」.
 */
text: string, 
/**
 * The day and who sends, a line each.
 */
closing: Array<string>, };

export type BackedUp = { 
/**
 * When.
 */
made_at: At, 
/**
 * How many people are in it.
 */
people: number, 
/**
 * How many contacts.
 */
contacts: number, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * It was copied to the second place, too.
 */
second: boolean, };

export type BackupChecked = { 
/**
 * The backup. Its minutes are exact now.
 */
saved: Saved, 
/**
 * So many steps came after it; `None` when that cannot be known.
 */
lost_steps: number | null, 
/**
 * What is here.
 */
present: Present, 
/**
 * So many lists of erased people were found beside the backup's own. None: whoever was erased after the backup
 * was made comes back.
 */
erased_lists: number, };

export type BackupPlace = "here" | "second" | "chosen";

export type Backups = { 
/**
 * The newest first; one that lies in both places is listed once, here.
 */
saved: Array<Saved>, 
/**
 * So many files look like a backup and cannot be read.
 */
unreadable: number, 
/**
 * The second place.
 */
second: Second | null, };

export type BadgeKind = "tags" | "tables";

export type BadgeWords = { 
/**
 * What the file is called, with the event's title.
 */
name: string, 
/**
 * The years in the company, with `{from}` and `{until}`.
 */
years: string, 
/**
 * 旧姓, with `{name}`.
 */
maiden: string, 
/**
 * Whoever comes along.
 */
companion: string, 
/**
 * … and with whom, with `{name}`.
 */
companion_of: string, 
/**
 * The table, with `{n}`.
 */
table: string, };

export type Basis = "none" | "consent" | "notified" | "requested";

export type BasisGiven = { 
/**
 * The basis is recorded, for one purpose or more.
 */
given: number, 
/**
 * Everything was decided before, and stands.
 */
standing: number, 
/**
 * Died or asked to be left alone.
 */
closed: number, };

export type BeginExit = { 
/**
 * Who.
 */
who: Leaving, 
/**
 * The last day, once it is known.
 */
left_on: Day | null, 
/**
 * The checklist to begin with.
 */
items: Array<NewItem>, };

export type Birthday = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * The name.
 */
name: string, 
/**
 * When it is next.
 */
on_day: Day, 
/**
 * The age then, when the year of birth is known.
 */
age: number | null, };

export type CardText = { 
/**
 * Which greeting.
 */
occasion: Occasion, 
/**
 * How it speaks.
 */
style: GreetingStyle, 
/**
 * Its heading.
 */
heading: string, 
/**
 * Its paragraphs, one a line.
 */
text: string, 
/**
 * The line before the sender: 令和9年 元旦.
 */
day: string, };

export type CardYear = { 
/**
 * Which year.
 */
year: number, 
/**
 * 出: it was sent.
 */
sent: boolean, 
/**
 * 受: one came.
 */
received: ReceivedId | null, };

export type CardsOf = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * Of which greeting.
 */
occasion: Occasion, };

export type CellAt = { 
/**
 * The line in the file.
 */
line: number, 
/**
 * The column, the first is 0.
 */
column: number, };

export type Change<R> = { 
/**
 * Its id.
 */
id: number, 
/**
 * Field → value.
 */
changes: Partial<R>, };

export type ChangeEmblem = { 
/**
 * The token of a PNG or JPEG, or nothing to take the mark away.
 */
file: string | null, };

export type ChangePassphrase = { 
/**
 * The 合言葉 until now.
 */
old: string, 
/**
 * The new one.
 */
passphrase: string, };

export type ChangePhoto = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * The token of a JPEG, or nothing to take the photo away.
 */
file: string | null, };

export type ChangePostalDictionary = { 
/**
 * The token of Japan Post's file; none for the dictionary that the program brings.
 */
file: string | null, };

export type ChangeSecondPlace = { 
/**
 * The token of a folder that the user chose; `null` for nowhere.
 */
folder: string | null, };

export type ChangedRows = "filled" | "replaced" | "left_alone";

export type Channel = "post" | "mail" | "phone" | "line" | "print";

export type Checked = { 
/**
 * Who, and what would be written on the paper.
 */
invited: Invited, 
/**
 * Letters that no typeface has.
 */
lacking: Array<string>, 
/**
 * Why it is sent all the same; empty when nothing was put aside.
 */
reason: string, };

export type CheckedBy = { 
/**
 * By what.
 */
channel: Channel, 
/**
 * Who, and what speaks against it.
 */
checked: Checked, };

export type CodeRead = { 
/**
 * Whose invitation.
 */
invitee: InviteeId, 
/**
 * Who that is.
 */
person: PersonId, };

export type CodeTyped = { 
/**
 * For which event cards are being entered; whichever it is of when nothing is said, as for mail that came back.
 */
event: EventId | null, 
/**
 * The text.
 */
text: string, };

export type Colleague = { 
/**
 * 姓.
 */
family: string, 
/**
 * 名.
 */
given: string, 
/**
 * セイ.
 */
family_kana: string, 
/**
 * メイ.
 */
given_kana: string, 
/**
 * Department.
 */
department: string, 
/**
 * Post.
 */
post: string, 
/**
 * Mail address.
 */
mail: string, 
/**
 * When this colleague left, if so.
 */
left_on: Day | null, };

export type ColleagueId = number;

export type ColumnYears = { 
/**
 * The column, the first is 0.
 */
column: number, 
/**
 * Which years.
 */
years: IntakeYears, };

export type Consent = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * For what.
 */
purpose: Purpose, 
/**
 * By what.
 */
channel: Channel, 
/**
 * On which basis.
 */
basis: Basis, 
/**
 * Whether it holds.
 */
state: ConsentState, 
/**
 * Since when.
 */
on_day: Day | null, 
/**
 * The wording that the person saw.
 */
wording: string, 
/**
 * How it can be shown: a form's number, "by phone on …".
 */
evidence: string, };

export type ConsentId = number;

export type ConsentState = "unknown" | "yes" | "no" | "withdrawn";

export type Contact = { 
/**
 * With whom.
 */
person: PersonId, 
/**
 * When.
 */
on_day: Day | null, 
/**
 * How.
 */
kind: ContactKind, 
/**
 * What about, when it is more than keeping in touch.
 */
topic: ContactTopic, 
/**
 * What was said, in a line or more.
 */
note: string, 
/**
 * When to be in touch again.
 */
next_on: Day | null, 
/**
 * Who of ours.
 */
colleague: ColleagueId | null, 
/**
 * 慶弔: what the company sent or gave.
 */
gift: string, 
/**
 * … and for how many yen.
 */
yen: number | null, };

export type ContactId = number;

export type ContactKind = "call" | "visit" | "mail" | "letter" | "line" | "event" | "inbound" | "newsletter" | "sent" | "other";

export type ContactTopic = "none" | "referral" | "order" | "advice" | "voice" | "market" | "wedding" | "birth" | "long_life" | "award" | "joy" | "death" | "family_death" | "disaster" | "grief";

export type Cost = { 
/**
 * What for.
 */
what: string, 
/**
 * How much, in yen.
 */
yen: number, };

export type Costs = Array<Cost>;

export type Danger = "my_number" | "pension" | "insured" | "bank" | "pay" | "family" | "disability" | "health" | "emergency" | "nationality" | "belief" | "union" | "domicile" | "crime";

export type Day = string;

export type DayRead = { 
/**
 * The day, when there is no doubt.
 */
day: Day | null, 
/**
 * The day in the Japanese calendar, to show what was understood.
 */
japanese: string, 
/**
 * Why it was not understood.
 */
doubt: DoubtReason | null, 
/**
 * What may have been meant.
 */
proposal: string | null, };

export type Delimiter = "comma" | "tab" | "semicolon";

export type Difference = { 
/**
 * The field.
 */
field: string, 
/**
 * What the register says; nothing where the list fills it.
 */
here: string, 
/**
 * What the list says.
 */
there: string, };

export type Disclose = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * With what lies behind the seal; 開ける人 only.
 */
sealed: boolean, };

export type Disclosure = { 
/**
 * Every record, table by table.
 */
held: Array<Holding>, 
/**
 * What lies behind the seal, when it was asked for.
 */
sealed: Array<SealedNote>, 
/**
 * So many names of others were masked.
 */
masked: number, };

export type DisclosurePrinted = { 
/**
 * The PDF.
 */
pdf: FormPrinted, 
/**
 * The CSV.
 */
csv: FormPrinted, };

export type DispatchCard = { 
/**
 * Its line in the ledger.
 */
row: DispatchRow, 
/**
 * Its papers.
 */
papers: Array<PaperKept>, 
/**
 * To whom, in the order of the papers.
 */
to: Array<SentTo>, };

export type DispatchForm = "letters" | "labels" | "cards" | "doubles" | "naga3" | "kaku2" | "drafts";

export type DispatchId = number;

export type DispatchPaperId = number;

export type DispatchPrinted = { 
/**
 * The papers: the newsletter first, when there is one.
 */
papers: Array<Paper>, 
/**
 * To how many people it goes.
 */
people: number, 
/**
 * How many letters, labels or cards, and copies of the newsletter.
 */
pieces: number, 
/**
 * Letters that no typeface has.
 */
missing: Array<LetterMissing>, 
/**
 * Whose address is too long to be set legibly. They stand on the second pile until it is shorter, or put aside.
 */
tight: Array<string>, 
/**
 * A message or a form is too long to be set legibly.
 */
is_crowded: boolean, 
/**
 * The three piles, as this paper makes them.
 */
piles: Piles, };

export type DispatchRow = { 
/**
 * Which.
 */
id: DispatchId, 
/**
 * What it is called.
 */
title: string, 
/**
 * For what.
 */
purpose: Purpose, 
/**
 * By what.
 */
channel: Channel, 
/**
 * On which paper.
 */
form: DispatchForm, 
/**
 * The greeting that it is, if it is one.
 */
occasion: Occasion, 
/**
 * When it was made.
 */
made_on: Day | null, 
/**
 * When it went out.
 */
sent_on: Day | null, 
/**
 * To how many people.
 */
people: number, 
/**
 * How many of those came back.
 */
returned: number, };

export type Doubt = "deceased" | "no_contact" | "refused" | "no_basis" | "no_address" | "returned" | "no_postal" | "no_town" | "twice" | "honorific" | "mourning" | "no_greeting" | "glyph" | "tight";

export type DoubtCount = { 
/**
 * Which.
 */
reason: DoubtReason, 
/**
 * How often.
 */
count: number, 
/**
 * How many of them have a proposal.
 */
proposals: number, };

export type DoubtReason = "more_cells" | "fewer_cells" | "quote_not_closed" | "undecodable" | "private_letter" | "spreadsheet_error" | "digits_lost" | "not_a_date" | "no_such_day" | "implausible_year" | "out_of_era" | "two_digit_year" | "year_last" | "serial" | "wrong_weekday" | "name_unsplit" | "not_kana" | "lost_zero" | "not_a_postal_code" | "not_an_email" | "second_value" | "left_before_joined" | "no_name" | "my_number" | "not_a_standing";

export type DraftIssue = { 
/**
 * To whom, by mail.
 */
gate: Gate, 
/**
 * What it is called.
 */
title: string, 
/**
 * The newsletter: all get the same file.
 */
issue: IssueId, 
/**
 * The subject.
 */
subject: string, 
/**
 * The text, in which `{name}` is the name.
 */
text: string, 
/**
 * What the law asks to stand below it, as for [`crate::event::DraftMails`].
 */
footer: string, };

export type DraftMails = { 
/**
 * To what.
 */
event: EventId, 
/**
 * The subject.
 */
subject: string, 
/**
 * The text, in which `{name}` is the name.
 */
text: string, 
/**
 * What the law asks to stand below it: who sends and how to stop. `{company}`, `{address}`, `{phone}` and `{mail}` are
 * the company's.
 */
footer: string, 
/**
 * The invitation that is attached.
 */
form: Form, };

export type DraftsMade = { 
/**
 * The archive.
 */
paper: Paper, 
/**
 * To how many people.
 */
people: number, 
/**
 * How many who are invited by mail get none: they answered, or may not be written to any more.
 */
left_out: number, };

export type Due = { 
/**
 * Of which kind.
 */
class: RetentionClass, 
/**
 * About whom.
 */
person: PersonId, 
/**
 * The name.
 */
name: string, 
/**
 * Since when it has not been needed: the last day, the end of an agreement, the last two-way contact …
 */
since: Day | null, };

export type Duplicates = { 
/**
 * How many pairs there are.
 */
total: number, 
/**
 * The likeliest hundred.
 */
pairs: Array<Pair>, };

export type Elsewhere = { 
/**
 * When the backups were made that still hold it.
 */
backups: Array<At>, 
/**
 * Registers that were set aside and still hold it: the names of their folders.
 */
set_aside: Array<string>, };

export type Employment = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * Begin.
 */
from_on: Day | null, 
/**
 * End.
 */
until_on: Day | null, 
/**
 * Department.
 */
department: string, 
/**
 * Post.
 */
post: string, 
/**
 * 正社員, パート …
 */
contract: string, };

export type EmploymentId = number;

export type Ending = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * The name.
 */
name: string, 
/**
 * Which kind.
 */
kind: AgreementKind, 
/**
 * When it ends.
 */
until_on: Day, };

export type ErasePerson = { 
/**
 * Whom.
 */
person: PersonId, 
/**
 * Keep 労働者名簿 until its day; without, it is kept elsewhere.
 */
roster: boolean, 
/**
 * Know the person again in a later list, by marks that name nobody.
 */
recognise: boolean, 
/**
 * The certificate, printed before anything is erased.
 */
certificate: Form, };

export type ErasedRow = { 
/**
 * The number that the person had.
 */
person: PersonId, 
/**
 * When.
 */
at: At, 
/**
 * By whom.
 */
user: string, };

export type Erasure = { 
/**
 * How many records of each table.
 */
records: Array<TableCount>, 
/**
 * Up to which day labour law asks for 労働者名簿.
 */
roster_until: Day | null, 
/**
 * Where the person still is; restoring a backup erases them again.
 */
elsewhere: Elsewhere, 
/**
 * So many notes about others and issues name the person in their text, which nobody but the office can mend.
 */
mentions: number, 
/**
 * Files that others have too, the list that all of them signed: they stay with those, and the name stands on them.
 */
shared: Array<string>, };

export type Event = { 
/**
 * What it is.
 */
kind: EventKind, 
/**
 * What it is called.
 */
title: string, 
/**
 * The day.
 */
on_day: Day | null, 
/**
 * From when, `12:00`; empty while it is not known.
 */
from_time: string, 
/**
 * Until when, as `from_time`.
 */
until_time: string, 
/**
 * The place's name.
 */
place: string, 
/**
 * Where that is, and how one gets there.
 */
place_address: string, 
/**
 * What one person pays, in yen.
 */
fee: number, 
/**
 * So many may come with somebody, at most 9.
 */
companions: number, 
/**
 * Answers are asked for by this day.
 */
reply_until: Day | null, 
/**
 * The words of the invitation; a line break ends a paragraph.
 */
wording: string, 
/**
 * Seats at a table; 0 where nobody is given a seat.
 */
seats: number, 
/**
 * What it cost.
 */
costs: Costs, 
/**
 * When it was brought to its end: whoever came has it in their history.
 */
finished_on: Day | null, };

export type EventCard = { 
/**
 * Its line.
 */
row: EventRow, 
/**
 * Who.
 */
invitees: Array<InviteeRow>, 
/**
 * What was made for it to be sent.
 */
dispatches: Array<DispatchRow>, };

export type EventFilter = { 
/**
 * Which event.
 */
event: EventId, 
/**
 * In which way.
 */
attendance: Attendance, };

export type EventId = number;

export type EventKind = "reunion" | "seminar" | "tour" | "memorial" | "other";

export type EventNews = { 
/**
 * Which event.
 */
event: EventId, 
/**
 * What it is called.
 */
title: string, 
/**
 * Its day.
 */
on_day: Day | null, 
/**
 * The news: those with a name in kana order, then those without.
 */
news: Array<PrintableNews>, };

export type EventPaper = "reception" | "fees" | "receipts" | "seating" | "news";

export type EventRead = { 
/**
 * All of it.
 */
card: EventCard, 
/**
 * Dates in the wording whose weekday is another day's.
 */
weekdays_wrong: Array<WeekdayWrong>, };

export type EventReply = "none" | "yes" | "no";

export type EventRow = { 
/**
 * Which.
 */
id: EventId, 
/**
 * What is said of it.
 */
fields: Event, 
/**
 * How many people are invited.
 */
invited: number, 
/**
 * How many of them answered to come.
 */
coming: number, 
/**
 * How many others come with them.
 */
companions: number, 
/**
 * How many answered not to come.
 */
declined: number, 
/**
 * How many have not answered.
 */
awaited: number, 
/**
 * How many came, with or without an invitation.
 */
came: number, 
/**
 * What was paid, in yen.
 */
paid: number, };

export type EventSheet = { 
/**
 * Which paper.
 */
paper: EventPaper, 
/**
 * Its words.
 */
words: EventWords, };

export type EventWords = { 
/**
 * What it is.
 */
title: string, 
/**
 * The event's day.
 */
day: string, 
/**
 * What stands above everything.
 */
lines: Array<string>, 
/**
 * The names of the columns, where there is a table.
 */
columns: Array<string>, 
/**
 * A table's name, with `{n}`.
 */
table: string, 
/**
 * Whoever comes along, with `{n}`.
 */
with: string, 
/**
 * 旧姓, with `{name}`.
 */
maiden: string, 
/**
 * Whoever is not named, with `{n}`.
 */
unnamed: string, 
/**
 * Who writes without a name.
 */
anonymous: string, 
/**
 * A sum, with `{n}`.
 */
yen: string, 
/**
 * The lines of a receipt, with `{name}`, `{yen}` and `{number}`.
 */
receipt: Array<string>, 
/**
 * The last line of the fees, with `{due}` and `{paid}`.
 */
total: string, };

export type Evidence = "number" | "name" | "variant" | "kana" | "maiden" | "born" | "phone" | "mail" | "address" | "employment";

export type Exit = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * When it was begun.
 */
begun_on: Day | null, 
/**
 * When all of it was done.
 */
finished_on: Day | null, 
/**
 * The page where it was left.
 */
page: ExitPage, 
/**
 * 引継ぎ: what goes to whom.
 */
handover: string, 
/**
 * Who may read the interview, as agreed: the page has the words. Empty before one was held.
 */
readers: string, };

export type ExitBegun = { 
/**
 * The entry in the register.
 */
person: PersonId, 
/**
 * So many leavers were in this colleague's charge.
 */
in_charge_of: number, };

export type ExitCard = { 
/**
 * The exit, once it was begun.
 */
exit: Kept<Exit> | null, 
/**
 * Its checklist.
 */
items: Array<Kept<ExitItem>>, 
/**
 * What was signed, the last first.
 */
agreements: Array<Kept<Agreement>>, };

export type ExitItem = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * Which kind.
 */
kind: ExitItemKind, 
/**
 * What.
 */
name: string, 
/**
 * When it was done.
 */
done_on: Day | null, };

export type ExitItemId = number;

export type ExitItemKind = "return" | "account" | "paper";

export type ExitPage = "dates" | "items" | "interview" | "agreements" | "reach" | "bases" | "charge" | "paper";

export type ExitRow = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * The name.
 */
name: string, 
/**
 * The last day.
 */
left_on: Day | null, 
/**
 * When all of it was done.
 */
finished_on: Day | null, 
/**
 * Lines of the checklist that are not done.
 */
open_items: number, };

export type ExportForm = "workbook" | "csv" | "csv_cp932" | "cards" | "addresses";

export type ExportPeople = { 
/**
 * These people.
 */
people: Array<PersonId>, 
/**
 * And all of these.
 */
query: PeopleQuery | null, 
/**
 * But not these.
 */
except: Array<PersonId>, 
/**
 * As what.
 */
form: ExportForm, };

export type Exported = { 
/**
 * Its token.
 */
file: string, 
/**
 * A name for it.
 */
name: string, 
/**
 * How many rows it has.
 */
rows: number, 
/**
 * What it could not say.
 */
lost: Array<LostLetters>, };

export type Fault = { 
/**
 * What the page branches on.
 */
kind: FaultKind, 
/**
 * The field of the input that is to blame, when one is.
 */
field?: string, 
/**
 * The name of the sentence in the page's dictionaries.
 */
code: string, 
/**
 * What the sentence needs: numbers and the user's own words.
 */
data: Record<string, string | number>, };

export type FaultKind = "invalid" | "not_found" | "conflict" | "refused" | "locked" | "cancelled" | "trouble" | "bug";

export type FileEncoding = "utf8" | "cp932" | "euc_jp" | "iso2022_jp" | "utf16_le" | "utf16_be";

export type Filter = { 
/**
 * All of these tags.
 */
tags: Array<string>, 
/**
 * Left in this year or later.
 */
left_from: number | null, 
/**
 * Left in this year or earlier.
 */
left_until: number | null, 
/**
 * Served in a department whose name holds this.
 */
department: string, 
/**
 * Can help at least so many hours a month.
 */
hours_at_least: number | null, 
/**
 * Can help in a field whose words hold this.
 */
help_field: string, 
/**
 * The tie is kept by this colleague.
 */
in_charge: ColleagueId | null, 
/**
 * How they stand.
 */
standing: Standing | null, 
/**
 * Touched by this step: what one import brought.
 */
step: StepId | null, 
/**
 * May be named in print.
 */
nameable: boolean, 
/**
 * May be reached so.
 */
may: Way | null, 
/**
 * Could be reached so, but no basis is recorded and nobody said no.
 */
unasked: Way | null, 
/**
 * Was asked by letter whether one may write, and has not answered.
 */
asked: boolean, 
/**
 * To be contacted by this day: what was promised at the last two-way contact is due, or nothing was promised
 * and that contact is [`WAIT`] months ago or more.
 */
due_on: Day | null, 
/**
 * … of those only who were promised it.
 */
promised: boolean, 
/**
 * … of those only who were promised nothing.
 */
waiting: boolean, 
/**
 * The best address was last confirmed before this day, or never.
 */
unconfirmed_since: Day | null, 
/**
 * The tie was kept by a colleague who has left.
 */
orphaned: boolean, 
/**
 * There was a contact about this.
 */
topic: ContactTopic | null, 
/**
 * There was two-way contact so.
 */
spoken: Spoken | null, 
/**
 * Has to do with an event so.
 */
event: EventFilter | null, };

export type Form = { 
/**
 * Its name, large.
 */
title: string, 
/**
 * Its parts, in order.
 */
parts: Array<FormPart>, 
/**
 * In which language they are, `ja` or `en`.
 */
language: string, };

export type FormPart = { 
/**
 * Its heading; none when it is empty.
 */
heading: string, 
/**
 * Its paragraphs.
 */
lines?: Array<string>, 
/**
 * A table below them: the first row names the columns. Without rows there is none.
 */
rows?: Array<Array<string>>, 
/**
 * The lines stand in a box of their own, to be cut out or written on.
 */
boxed?: boolean, };

export type FormPrinted = { 
/**
 * The PDF's token.
 */
file: string, 
/**
 * Its proposed file name.
 */
name: string, };

export type Gate = { 
/**
 * For what and by what.
 */
way: Way, 
/**
 * Whom.
 */
selection: Selection, 
/**
 * The greeting that it is, if it is one: a family in mourning gets no 年賀.
 */
occasion?: Occasion, 
/**
 * To whom it goes all the same, and why.
 */
anyway?: Array<Anyway>, };

export type GiveBasis = { 
/**
 * Whom.
 */
selection: Selection, 
/**
 * For what: at least one.
 */
purposes: Array<Purpose>, 
/**
 * By what.
 */
channel: Channel, 
/**
 * On which basis.
 */
basis: Basis, 
/**
 * Since when.
 */
on_day: Day | null, 
/**
 * How it can be shown. Never empty: one who gives a basis says why.
 */
evidence: string, 
/**
 * What shows it for all of them, the list that they signed: kept once, and with each.
 */
scan: Scan | null, };

export type GivePassphrase = { 
/**
 * Whose.
 */
id: number, 
/**
 * The new 合言葉, which they type themselves.
 */
passphrase: string, };

export type GreetingStyle = "polite" | "friendly";

export type Greetings = { 
/**
 * The present month.
 */
month: number, 
/**
 * 時候の挨拶, month by month.
 */
seasons: Array<SeasonGreeting>, 
/**
 * The texts of cards that want no answer.
 */
cards: Array<CardText>, 
/**
 * The places for names, as they are written between { and }: in Japanese, in English.
 */
fields: Array<[string, string]>, };

export type HandOver = { 
/**
 * Whose ties they were.
 */
from: ColleagueId, 
/**
 * Whose they become.
 */
to: ColleagueId, };

export type Heading = "guessed" | "none" | { "line": number };

export type Holding = { 
/**
 * Its table.
 */
table: string, 
/**
 * Field → value; bytes are left out.
 */
fields: Record<string, unknown>, };

export type Imported = { 
/**
 * The step, to undo all of it or to see only these people; none when nothing changed.
 */
step: StepId | null, 
/**
 * People added.
 */
added: number, 
/**
 * People of whom something new was written down.
 */
filled: number, 
/**
 * People added to those who serve.
 */
colleagues: number, 
/**
 * Texts that went behind the seal.
 */
sealed: number, 
/**
 * People who were there already, with all that the list says.
 */
same: number, 
/**
 * Rows that were not taken and can be saved as a file.
 */
rest: number, 
/**
 * Rows that were held back.
 */
held: number, 
/**
 * Cells left empty because they were doubtful.
 */
doubts: number, };

export type InCharge = { 
/**
 * Who, with the last two-way contact and what was promised then.
 */
row: PersonRow, 
/**
 * Why the tie is kept.
 */
why_connect: string, 
/**
 * The telephone number to use first; empty when there is none.
 */
phone: string, 
/**
 * What was written at the last two-way contact.
 */
note: string, };

export type IntakeColumn = { 
/**
 * The heading as it stands in the file; empty where there is none.
 */
heading: string, 
/**
 * The field it probably is.
 */
target: IntakeTarget | null, 
/**
 * The first three values that are not empty; none of a refused column.
 */
examples: Array<string>, 
/**
 * Why the column may never be kept. Its cells are not even held in memory.
 */
refused: Danger | null, 
/**
 * Whether the guessed field belongs behind the seal.
 */
sealed: boolean, };

export type IntakeDoubt = { 
/**
 * The line in the file on which the row begins, the first is 1.
 */
line: number, 
/**
 * The cell's column, the first is 0; none where no column is to blame. For [`Reason::MoreCells`] it is
 * the first column beyond the last heading.
 */
column: number | null, 
/**
 * The column's heading as it stands in the file.
 */
heading: string, 
/**
 * The field the cell was to become.
 */
target: IntakeTarget | null, 
/**
 * Why.
 */
reason: DoubtReason, 
/**
 * The cell as it stands in the file.
 */
text: string, 
/**
 * A text that would be read without doubt; taken only when the user says so.
 */
proposal: string | null, };

export type IntakeRepair = { 
/**
 * The cell's column, the first is 0.
 */
column: number, 
/**
 * The field the cell became.
 */
target: IntakeTarget, 
/**
 * What was done.
 */
kind: RepairKind, 
/**
 * The cell as it stands in the file.
 */
from: string, 
/**
 * The cell as it was read.
 */
to: string, };

export type IntakeTarget = "employee_number" | "family" | "given" | "full_name" | "family_kana" | "given_kana" | "full_kana" | "maiden" | "business_name" | "joined_on" | "left_on" | "born_on" | "postal" | "prefecture" | "city" | "street" | "building" | "address" | "phone" | "mobile" | "email" | "department" | "post" | "contract" | "employer" | "employer_role" | "note" | "tag" | "standing" | "reason" | "skip";

export type IntakeYears = "showa" | "heisei" | "reiwa" | "western";

export type Interview = { 
/**
 * When it was.
 */
on_day: Day | null, 
/**
 * Whose words.
 */
voice: Voice, 
/**
 * Who may read it.
 */
readers: Readers, 
/**
 * The reason on the 離職票, as its code.
 */
official: string, 
/**
 * The reasons in the words of the survey.
 */
reasons: Array<LeavingReason>, 
/**
 * What was asked and answered.
 */
answers: Array<Answer>, 
/**
 * The person agreed that health or harassment may be written down.
 */
delicate: boolean, };

export type Invitation = { 
/**
 * To what.
 */
event: EventId, 
/**
 * Whom.
 */
selection: Selection, 
/**
 * Whoever may be written to by mail is written to by mail, and by post else; the other way round when it is not so.
 */
mail_first: boolean, 
/**
 * Whom in spite of a doubt, and why.
 */
anyway?: Array<Anyway>, };

export type InvitationChecked = { 
/**
 * Who can be invited.
 */
send: InvitedPile, 
/**
 * Who could once something is mended, or put aside for a reason.
 */
mend: InvitedPile, 
/**
 * Who is not invited.
 */
hold: InvitedPile, 
/**
 * How many of those who can are invited already.
 */
known: number, };

export type Invited = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Where they work, when that is where it goes; the company of a department.
 */
firm: Array<string>, 
/**
 * 姓, as it is written.
 */
family: string, 
/**
 * 名; the whole name when it is known in one piece only.
 */
given: string, 
/**
 * 旧姓; empty for a company or department.
 */
maiden: string, 
/**
 * What follows: 様; 御中 behind a company or department.
 */
honorific: string, 
/**
 * Postal code as it is kept.
 */
postal: string, 
/**
 * The address: prefecture, town and street in one line, the building in another.
 */
lines: Array<string>, 
/**
 * The spouse's name, where it was given to be written beside the person's (連名).
 */
spouse: string, 
/**
 * What speaks against it.
 */
doubts: Array<Doubt>, 
/**
 * Others who are written to at the same address.
 */
beside: Array<PersonId>, };

export type InvitedNow = { 
/**
 * By post.
 */
by_post: number, 
/**
 * By mail.
 */
by_mail: number, };

export type InvitedPile = { 
/**
 * How many.
 */
total: number, 
/**
 * How many of them by post.
 */
by_post: number, 
/**
 * What speaks against them, each with how many; the most frequent first.
 */
doubts: Array<[Doubt, number]>, 
/**
 * The first of them, at most 200.
 */
rows: Array<CheckedBy>, };

export type InvitedTo = { 
/**
 * The invitation.
 */
id: InviteeId, 
/**
 * To which event.
 */
event: EventId, 
/**
 * What it is called.
 */
title: string, 
/**
 * Its day.
 */
on_day: Day | null, 
/**
 * The answer.
 */
reply: EventReply, 
/**
 * So many come with them.
 */
companions: number, 
/**
 * They came.
 */
came: boolean, 
/**
 * It is over and written down.
 */
finished: boolean, };

export type Invitee = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * To what.
 */
event: EventId, 
/**
 * What stands on the reply card: digits, the last of which checks the others.
 */
code: string, 
/**
 * By what the invitation goes.
 */
channel: Channel, 
/**
 * Why it goes in spite of a doubt; given by whoever decided.
 */
reason: string, 
/**
 * The answer.
 */
reply: EventReply, 
/**
 * So many come with them.
 */
companions: number, 
/**
 * When the answer was entered.
 */
replied_on: Day | null, 
/**
 * 近況: what they write of themselves.
 */
news: string, 
/**
 * Whether that may be printed.
 */
news_print: NewsPrint, 
/**
 * The table, from 1.
 */
table_number: number | null, 
/**
 * The table was wished for: mixing leaves it.
 */
table_fixed: boolean, 
/**
 * They came.
 */
came: boolean, 
/**
 * What they paid, in yen.
 */
paid: number, 
/**
 * They came without an invitation.
 */
walk_in: boolean, };

export type InviteeId = number;

export type InviteeRow = { 
/**
 * The invitation.
 */
id: InviteeId, 
/**
 * What is kept of it.
 */
fields: Invitee, 
/**
 * 姓.
 */
family: string, 
/**
 * 名; the whole name when it is known in one piece only.
 */
given: string, 
/**
 * セイ.
 */
family_kana: string, 
/**
 * メイ.
 */
given_kana: string, 
/**
 * 旧姓.
 */
maiden: string, 
/**
 * First day in the company.
 */
joined_on: Day | null, 
/**
 * Last day in the company.
 */
left_on: Day | null, 
/**
 * Last department.
 */
department: string, 
/**
 * Best address in one line.
 */
address: string, 
/**
 * May be named in print.
 */
nameable: boolean, 
/**
 * Died or asked to be left alone since.
 */
closed: boolean, 
/**
 * What they write of themselves may be printed, with or without their name: nothing has been said against it since.
 */
news_printable: boolean, };

export type Issue = { 
/**
 * The newsletter's name.
 */
name: string, 
/**
 * Its number.
 */
number: number, 
/**
 * The day printed on it.
 */
dated_on: Day | null, 
/**
 * Columns of text, one or two.
 */
columns: number, 
/**
 * Mincho rather than gothic.
 */
mincho: boolean, 
/**
 * The articles in order.
 */
articles: Articles, 
/**
 * People who left from this day on are named as new leavers, if they may be named.
 */
leavers_from: Day | null, 
/**
 * … up to this day.
 */
leavers_until: Day | null, 
/**
 * Who publishes it and how to stop it: the colophon.
 */
closing: string, 
/**
 * The same in English, for the editions that have it.
 */
closing_english: string, 
/**
 * The paper.
 */
paper: PaperSize, 
/**
 * How many pages it is meant to have; 0 when as many as it needs.
 */
wanted_pages: number, 
/**
 * By how many percent letters and the distances of lines are smaller, to find room.
 */
tighter: number, };

export type IssueChecked = { 
/**
 * People of the register who are named, piece by piece.
 */
people: Array<NamedIn>, 
/**
 * Staff who are named or shown: the register keeps no consents of theirs, so they are asked.
 */
staff: Array<StaffIn>, };

export type IssueEdition = "standard" | "large" | "upright" | "grey" | "inside" | "bilingual" | "english" | "mail";

export type IssueFitted = { 
/**
 * In percent; none when it does not find room in letters that are read with ease.
 */
tighter: number | null, };

export type IssueId = number;

export type IssueOutput = "office" | "print_shop" | "folded";

export type IssuePrinted = { 
/**
 * The PDF's token.
 */
file: string, 
/**
 * Its proposed file name.
 */
name: string, 
/**
 * Pages; none of a text for mail.
 */
pages: number, 
/**
 * How many letters of running text still find room: on the last page, or on the pages it is meant to have.
 */
room: number, 
/**
 * How many letters stand beyond the pages it is meant to have.
 */
over: number, 
/**
 * Width of a page in millimetres.
 */
width: number, 
/**
 * Height of a page in millimetres.
 */
height: number, 
/**
 * Where its pieces stand.
 */
places: Array<PiecePlace>, 
/**
 * Dates with the weekday of another day.
 */
weekdays: Array<WeekdayWrong>, 
/**
 * Letters that no face has; they stand as 〓.
 */
missing: Array<LetterMissing>, 
/**
 * Photographs that are too small for the place they fill.
 */
coarse: Array<PhotoCoarse>, 
/**
 * How many new leavers are named.
 */
named: number, };

export type Kept<R> = { 
/**
 * Its id.
 */
id: number, 
/**
 * The record.
 */
fields: R, };

export type KeysChanged = { 
/**
 * Whether it got new keys at all.
 */
rotated: boolean, 
/**
 * So many notes were sealed anew, those that undo would bring back included.
 */
notes: number, 
/**
 * So many had been damaged before and stay unreadable.
 */
broken: number, };

export type LabelSheet = { 
/**
 * Its name among all sheets.
 */
id: string, 
/**
 * The office's own, to be changed or removed.
 */
own: OwnSheetId | null, 
/**
 * Labels beside each other.
 */
columns: number, 
/**
 * Labels below each other.
 */
rows: number, 
/**
 * Width of a label in mm.
 */
width: number, 
/**
 * Height of a label in mm.
 */
height: number, 
/**
 * Two sources agree on it; else it is tried on plain paper first.
 */
is_verified: boolean, 
/**
 * Which products have this layout.
 */
products: string, 
/**
 * Each is cut out and folded across its middle, and stands on a table.
 */
is_folded: boolean, };

export type LeaverNamed = { 
/**
 * Who.
 */
id: PersonId, 
/**
 * The name as it is printed.
 */
name: string, 
/**
 * The last department.
 */
department: string, };

export type Leaving = { "colleague": ColleagueId } | { "person": PersonId };

export type LeavingReason = "work" | "skills" | "people" | "future" | "pay" | "hours" | "marriage" | "childcare" | "care" | "personal" | "retirement" | "company" | "other";

export type Ledger = { 
/**
 * How many there are in all.
 */
total: number, 
/**
 * The page.
 */
rows: Array<DispatchRow>, };

export type LedgerQuery = { 
/**
 * Words of the title or of a name; all must be found.
 */
search: string, 
/**
 * Only of this issue.
 */
issue: IssueId | null, 
/**
 * Only of this event.
 */
event: EventId | null, 
/**
 * The first wanted, from the newest.
 */
offset: number, 
/**
 * How many, at most 100; 0 for as many as that.
 */
limit: number, };

export type LetterMissing = { 
/**
 * The letter.
 */
letter: string, 
/**
 * The words around it.
 */
within: string, };

export type Like = { 
/**
 * The person in the register; none when it is another row.
 */
person: PersonId | null, 
/**
 * The other row's line.
 */
line: number | null, 
/**
 * The name there.
 */
name: string, 
/**
 * The last day there.
 */
left_on: Day | null, 
/**
 * The person asked not to be contacted, and will stay so.
 */
no_contact: boolean, 
/**
 * The person has died, and will stay so.
 */
deceased: boolean, 
/**
 * What the two have in common.
 */
likeness: Likeness, };

export type Likeness = { 
/**
 * Enough to take the two for one without asking.
 */
certain: boolean, 
/**
 * What speaks for it.
 */
evidence: Array<Evidence>, };

export type ListChecked = { 
/**
 * Rows of people who are in no way in the register.
 */
new: number, 
/**
 * Rows of people of whom the list says nothing new.
 */
same: number, 
/**
 * Rows of people of whom it says something new.
 */
changed: number, 
/**
 * Rows of people who may be there already.
 */
possible: number, 
/**
 * Rows that wait for a mend before they can be taken.
 */
held: number, 
/**
 * Rows of people in service.
 */
serving: number, 
/**
 * Rows that are not taken.
 */
refused: number, 
/**
 * How many people would be added,
 */
adds: number, 
/**
 * … how many completed,
 */
fills: number, 
/**
 * … and how many who serve would be added to their list.
 */
colleagues: number, 
/**
 * Texts of the new people that would go behind the seal.
 */
sealed: number, 
/**
 * Cells whose letters change in form only, by kind.
 */
repairs: Array<RepairCount>, 
/**
 * Columns with years of two digits that nobody has explained yet, or that were.
 */
years: Array<YearsAsked>, 
/**
 * How many doubts there are in all, by kind.
 */
doubt_kinds: Array<DoubtCount>, 
/**
 * How many doubts there are in all.
 */
doubt_count: number, 
/**
 * The doubts, at most 500.
 */
doubts: Array<IntakeDoubt>, };

export type ListRead = { 
/**
 * The encoding it was read in; none of a workbook.
 */
encoding: FileEncoding | null, 
/**
 * The delimiter it was read with; none of a workbook.
 */
delimiter: Delimiter | null, 
/**
 * The name of the sheet that was read; none of a text.
 */
sheet: string | null, 
/**
 * The names of all sheets that Excel shows; none of a text.
 */
sheets: Array<string>, 
/**
 * The program whose export it seems to be.
 */
program: string | null, 
/**
 * What the columns were the last time that a list with these headings was taken in.
 */
remembered: Array<IntakeTarget> | null, 
/**
 * The line of the headings.
 */
heading_line: number | null, 
/**
 * The columns.
 */
columns: Array<IntakeColumn>, 
/**
 * How many rows there are.
 */
row_count: number, 
/**
 * The first five rows, as they stand in the file.
 */
first_rows: Array<Array<string>>, };

export type ListRow = { 
/**
 * The line in the file.
 */
line: number, 
/**
 * The name as it is written there.
 */
name: string, 
/**
 * Its reading.
 */
kana: string, 
/**
 * The employee number.
 */
employee_number: string, 
/**
 * The last day.
 */
left_on: Day | null, 
/**
 * Who it is, or may be.
 */
like: Like | null, 
/**
 * What the list says and the register does not, or says otherwise.
 */
differences: Array<Difference>, 
/**
 * The person was erased, and the register was asked to know them again.
 */
erased: boolean, 
/**
 * What the user has said of it.
 */
said: RowSaid | null, };

export type ListRows = { 
/**
 * How many the pile has.
 */
total: number, 
/**
 * At most a hundred of them, in the file's order.
 */
rows: Array<ListRow>, };

export type Listed = { 
/**
 * How many.
 */
total: number, 
/**
 * Which: the filter of the list.
 */
filter: Filter, 
/**
 * The first of them.
 */
rows: Array<PersonRow>, };

export type LostLetters = { 
/**
 * Of whom.
 */
person: PersonId, 
/**
 * What stands in the register.
 */
text: string, 
/**
 * The letters of it that the file lacks; 〓 stands there.
 */
letters: string, };

export type Mail = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * 個人, 勤務先 …
 */
label: string, 
/**
 * The address.
 */
address: string, 
/**
 * The one to use.
 */
best: boolean, 
/**
 * When the person last confirmed it.
 */
confirmed_on: Day | null, };

export type MailId = number;

export type MappedList = { 
/**
 * Its token.
 */
file: string, 
/**
 * How to read it.
 */
reading: Reading, 
/**
 * What each column is.
 */
mapping: Array<IntakeTarget>, 
/**
 * Cells that the user mended.
 */
mends: Array<Mend>, 
/**
 * What years of two digits mean.
 */
years: Array<ColumnYears>, 
/**
 * Doubts whose proposals are taken wherever there is one.
 */
accepted: Array<DoubtReason>, 
/**
 * Repairs that are made nowhere.
 */
unrepaired: Array<RepairKind>, 
/**
 * Cells that are taken letter by letter.
 */
kept: Array<CellAt>, 
/**
 * What becomes of people in service, and of those without a day of leaving.
 */
serving: Serving, 
/**
 * What becomes of people of whom the list says something new.
 */
changed: ChangedRows, 
/**
 * What the user said of single rows.
 */
rows: Array<RowSaid>, };

export type Mend = { 
/**
 * The line in the file.
 */
line: number, 
/**
 * The column, the first is 0.
 */
column: number, 
/**
 * What it should say.
 */
text: string, };

export type Merge = { 
/**
 * The entry.
 */
entry: PersonId, 
/**
 * The name that it bore.
 */
name: string, 
/**
 * When.
 */
at: At, };

export type MergeChoice = { 
/**
 * The field.
 */
field: string, 
/**
 * What the one says.
 */
one: string, 
/**
 * What the other says.
 */
other: string, };

export type MergePeople = { 
/**
 * Who stays.
 */
kept: PersonId, 
/**
 * Who becomes part of them.
 */
other: PersonId, 
/**
 * Of the fields that differ, those to take from the other.
 */
fields: Array<string>, 
/**
 * What the fields are called: what is not taken goes into the notes under its name.
 */
called: Record<string, string>, };

export type MoveRegister = { 
/**
 * The token of a folder that the user chose.
 */
folder: string, };

export type Named = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * The name as it stands in the register.
 */
name: string, 
/**
 * May be named in print.
 */
name_agreed: boolean, 
/**
 * May be shown in print.
 */
photo_agreed: boolean, 
/**
 * Present employer, when the text names it as well and nobody agreed to that.
 */
employer: string | null, 
/**
 * Died.
 */
deceased: boolean, };

export type NamedIn = { 
/**
 * The article's heading.
 */
article: string, 
/**
 * Its place in the issue, from 0.
 */
at: number, 
/**
 * They, or the family, were asked about this article and agreed.
 */
agreed: boolean, 
/**
 * Who.
 */
named: Named, 
/**
 * A photograph's caption names them.
 */
shown: boolean, 
/**
 * The article speaks of work beside a job: the present employer may read it.
 */
side_job: boolean, };

export type National = { 
/**
 * The survey and its table.
 */
source: string, 
/**
 * When it was published.
 */
dated_on: Day, 
/**
 * The shares.
 */
shares: Array<NationalShare>, };

export type NationalShare = { 
/**
 * The reason.
 */
reason: LeavingReason, 
/**
 * In percent of those who left.
 */
percent: number, };

export type NewItem = { 
/**
 * Which kind.
 */
kind: ExitItemKind, 
/**
 * What.
 */
name: string, };

export type NewLeavers = { 
/**
 * Those who agreed to be named.
 */
named: Array<LeaverNamed>, 
/**
 * How many others left in the span; they are not named.
 */
others: number, };

export type NewsPrint = "no" | "anonymous" | "named";

export type NoteRow = { 
/**
 * Of whom.
 */
person: PersonId, 
/**
 * The name.
 */
name: string, 
/**
 * Which contact.
 */
contact: ContactId, 
/**
 * When.
 */
on_day: Day | null, 
/**
 * How.
 */
kind: ContactKind, 
/**
 * The note.
 */
note: string, 
/**
 * The letters of it in which the search was found.
 */
found: Array<string>, };

export type NotesFound = { 
/**
 * How many; with `more`, at least so many.
 */
total: number, 
/**
 * There are more than were counted.
 */
more: boolean, 
/**
 * The newest of them.
 */
rows: Array<NoteRow>, };

export type NotesQuery = { 
/**
 * Words; all must be found.
 */
search: string, 
/**
 * How many of the newest are wanted, at most 100; as many when nothing is said.
 */
limit?: number, };

export type Nothing = Record<symbol, never>;

export type Occasion = "none" | "new_year" | "winter" | "summer" | "president" | "moving";

export type One<I> = { 
/**
 * Its id.
 */
id: I, };

export type OpenAnswers = { 
/**
 * Hours a month that the person could help.
 */
hours_a_month: number | null, 
/**
 * In which fields.
 */
help_fields: string, 
/**
 * By what the person may be asked.
 */
channels: Array<Channel>, 
/**
 * Who of ours is to ask, as the person wished.
 */
in_charge: ColleagueId | null, 
/**
 * How it can be shown, for the consents that come of it: the page's words for "said at the interview".
 */
evidence: string, };

export type OpenBackup = { 
/**
 * Which.
 */
which: WhichBackup, 
/**
 * 合言葉.
 */
passphrase: string, };

export type OpenText = { "contact": ContactId } | { "notes": PersonId };

export type OwnField = { 
/**
 * Its name.
 */
name: string, };

export type OwnFieldId = number;

export type OwnSheet = { 
/**
 * Its name, as on the pack.
 */
name: string, 
/**
 * Labels beside each other.
 */
columns: number, 
/**
 * Labels below each other.
 */
rows: number, 
/**
 * Width of a label.
 */
width: number, 
/**
 * Height of a label.
 */
height: number, 
/**
 * The first label's left edge.
 */
from_left: number, 
/**
 * The first label's upper edge.
 */
from_top: number, 
/**
 * From one label's left edge to the next one's.
 */
pitch_x: number, 
/**
 * From one label's upper edge to the next one's.
 */
pitch_y: number, };

export type OwnSheetId = number;

export type OwnValue = { 
/**
 * Of whom.
 */
person: PersonId, 
/**
 * Which field.
 */
field: OwnFieldId, 
/**
 * What it says.
 */
value: string, };

export type Pair = { 
/**
 * Who came first.
 */
one: PersonRow, 
/**
 * Who came later.
 */
other: PersonRow, 
/**
 * What they have in common.
 */
likeness: Likeness, 
/**
 * What they say differently: one of each stays a field, the other goes into the notes.
 */
choices: Array<MergeChoice>, };

export type Paper = { 
/**
 * The PDF's token.
 */
file: string, 
/**
 * Its proposed file name.
 */
name: string, 
/**
 * Pages; 0 when it comes from the ledger.
 */
pages: number, };

export type PaperKept = { 
/**
 * Which.
 */
id: DispatchPaperId, 
/**
 * Its file name.
 */
name: string, 
/**
 * How many pages it has.
 */
pages: number, 
/**
 * The SHA-256 of its bytes, in hexadecimal.
 */
sha256: string, };

export type PaperRun = { 
/**
 * The sheets, as a PDF of their own.
 */
paper: Paper, 
/**
 * The numbers of the pieces that are left out: since they were made nobody may write to those whom they name.
 */
left_out: Array<number>, };

export type PaperSize = "a4" | "b5" | "letter";

export type PasteList = { 
/**
 * Its text: cells parted by tabs, rows by line breaks.
 */
text: string, };

export type People = { 
/**
 * How many were found in all.
 */
total: number, 
/**
 * Where あ, か, さ … わ and the names without kana begin among them: eleven offsets.
 */
rail: Array<number>, 
/**
 * The page.
 */
rows: Array<PersonRow>, };

export type PeopleQuery = { 
/**
 * Words; all must be found.
 */
search: string, 
/**
 * Which people.
 */
filter: Filter, 
/**
 * The first row wanted.
 */
offset: number, 
/**
 * How many, at most [`PAGE`]; 0 for as many as that.
 */
limit: number, };

export type Person = { 
/**
 * 姓.
 */
family: string, 
/**
 * 名.
 */
given: string, 
/**
 * セイ, in whichever kana it was given.
 */
family_kana: string, 
/**
 * メイ.
 */
given_kana: string, 
/**
 * 旧姓.
 */
maiden: string, 
/**
 * 旧姓, in kana.
 */
maiden_kana: string, 
/**
 * The name used at work, where it differs.
 */
business_name: string, 
/**
 * A spouse's name for joint addressing. Kept only when the person gave it for that: see `spouse_given_on`.
 */
spouse_name: string, 
/**
 * When the person gave the spouse's name for joint addressing.
 */
spouse_given_on: Day | null, 
/**
 * The company's number for the person.
 */
employee_number: string, 
/**
 * First day in the company.
 */
joined_on: Day | null, 
/**
 * Last day in the company.
 */
left_on: Day | null, 
/**
 * Birthday.
 */
born_on: Day | null, 
/**
 * Present employer.
 */
employer: string, 
/**
 * Role there.
 */
employer_role: string, 
/**
 * The person has died.
 */
deceased: boolean, 
/**
 * When, if known.
 */
deceased_on: Day | null, 
/**
 * No season's greetings until then: the family is in mourning.
 */
mourning_until: Day | null, 
/**
 * Post came back: the address is not known.
 */
returned: boolean, 
/**
 * The person asked not to be contacted.
 */
no_contact: boolean, 
/**
 * Hours a month that the person could help.
 */
hours_a_month: number | null, 
/**
 * Fields in which the person could help, in words.
 */
help_fields: string, 
/**
 * つながりたい理由: why we want to stay connected with this person.
 */
why_connect: string, 
/**
 * 連絡担当: the colleague who keeps the tie.
 */
in_charge: ColleagueId | null, 
/**
 * Notes that everybody with the register may read.
 */
notes: string, };

export type PersonCard = { 
/**
 * Who.
 */
id: PersonId, 
/**
 * What is said of the person.
 */
fields: Person, 
/**
 * Addresses, the best first.
 */
addresses: Array<Kept<Address>>, 
/**
 * Phones, the best first.
 */
phones: Array<Kept<Phone>>, 
/**
 * Mail addresses, the best first.
 */
mails: Array<Kept<Mail>>, 
/**
 * Periods of employment, the last first.
 */
employments: Array<Kept<Employment>>, 
/**
 * Contacts, the newest first, at most 200.
 */
contacts: Array<Kept<Contact>>, 
/**
 * Consents.
 */
consents: Array<Kept<Consent>>, 
/**
 * Files kept with contacts, consents and agreements.
 */
attachments: Array<Attachment>, 
/**
 * Tags.
 */
tags: Array<Kept<Tag>>, 
/**
 * The office's own fields.
 */
own_values: Array<Kept<OwnValue>>, 
/**
 * The photo's id, when there is one.
 */
photo: PhotoId | null, 
/**
 * How many notes lie behind the seal.
 */
sealed_notes: number, 
/**
 * The events to which the person is invited, the latest first.
 */
invitations: Array<InvitedTo>, 
/**
 * What was made for the person or sent. It is no contact: a tie is kept by two.
 */
sent: Array<Sent>, 
/**
 * The entries that became part of this one.
 */
merges: Array<Merge>, };

export type PersonId = number;

export type PersonRow = { 
/**
 * Who.
 */
id: PersonId, 
/**
 * 姓.
 */
family: string, 
/**
 * 名.
 */
given: string, 
/**
 * Name at work, where it differs.
 */
business_name: string, 
/**
 * セイ.
 */
family_kana: string, 
/**
 * メイ.
 */
given_kana: string, 
/**
 * 旧姓.
 */
maiden: string, 
/**
 * First day.
 */
joined_on: Day | null, 
/**
 * Last day.
 */
left_on: Day | null, 
/**
 * Last department.
 */
department: string, 
/**
 * Last post.
 */
post: string, 
/**
 * Present employer.
 */
employer: string, 
/**
 * Role there.
 */
employer_role: string, 
/**
 * Died.
 */
deceased: boolean, 
/**
 * In mourning until.
 */
mourning_until: Day | null, 
/**
 * Post came back.
 */
returned: boolean, 
/**
 * Asked not to be contacted.
 */
no_contact: boolean, 
/**
 * The last two-way contact.
 */
last_contact_on: Day | null, 
/**
 * How that was.
 */
last_contact_kind: ContactKind | null, 
/**
 * What was promised then.
 */
next_on: Day | null, 
/**
 * How fresh the tie is.
 */
tie: Tie, 
/**
 * Tags.
 */
tags: Array<string>, 
/**
 * The letters in which a search was found, as they are written here.
 */
found: Array<string>, };

export type Phone = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * 携帯, 自宅 …
 */
label: string, 
/**
 * The number as written.
 */
number: string, 
/**
 * The one to use.
 */
best: boolean, 
/**
 * When the person last confirmed it.
 */
confirmed_on: Day | null, };

export type PhoneId = number;

export type Photo = { 
/**
 * Its token.
 */
file: string, };

export type PhotoCoarse = { 
/**
 * The line below it.
 */
caption: string, 
/**
 * Dots an inch.
 */
dpi: number, };

export type PhotoCrop = { 
/**
 * Left edge.
 */
left: number, 
/**
 * Upper edge.
 */
top: number, 
/**
 * Width.
 */
width: number, 
/**
 * Height.
 */
height: number, };

export type PhotoId = number;

export type PictureId = number;

export type Piece = "masthead" | { "article": number } | "leavers" | "closing";

export type PiecePlace = { 
/**
 * What stands there.
 */
piece: Piece, 
/**
 * On which page, the first is 0.
 */
page: number, 
/**
 * Left edge.
 */
left: number, 
/**
 * Upper edge.
 */
top: number, 
/**
 * Width.
 */
width: number, 
/**
 * Height.
 */
height: number, };

export type Pile = "new" | "same" | "changed" | "possible" | "held" | "serving" | "refused";

export type PileOf = { 
/**
 * How many people.
 */
total: number, 
/**
 * What speaks against them, each with how many; the most frequent first.
 */
doubts: Array<[Doubt, number]>, 
/**
 * The first of them, at most 200.
 */
rows: Array<Checked>, };

export type Piles = { 
/**
 * Who gets it.
 */
send: PileOf, 
/**
 * Who gets it once something is mended, or put aside for a reason.
 */
mend: PileOf, 
/**
 * Who gets nothing.
 */
hold: PileOf, };

export type Place = "own" | "synced" | "network";

export type Postage = { 
/**
 * In yen.
 */
yen: number, 
/**
 * The price is for so many grams at most; 0 for a card, which is not weighed.
 */
grams: number, 
/**
 * Two sources agree on it.
 */
is_verified: boolean, };

export type PostageOf = { 
/**
 * Which paper.
 */
form: DispatchForm, 
/**
 * The day on which it is posted; today when nothing is said.
 */
on: Day | null, };

export type PostalDictionary = { 
/**
 * How many places it has; none when there is no dictionary.
 */
places: number, 
/**
 * The day of its data, where its file says so.
 */
dated: Day | null, 
/**
 * Somebody put it in the place of the program's own.
 */
own: boolean, };

export type PostalPlace = { 
/**
 * Its code, as `980-0811`.
 */
postal: string, 
/**
 * 都道府県.
 */
prefecture: string, 
/**
 * 市区町村, with its county.
 */
city: string, 
/**
 * 町域; empty for what the dictionary does not list by itself.
 */
town: string, };

export type PostalRead = { 
/**
 * As it will be kept, when there is no doubt.
 */
text: string | null, 
/**
 * Why it was not understood.
 */
doubt: DoubtReason | null, 
/**
 * What may have been meant.
 */
proposal: string | null, 
/**
 * The places that have it.
 */
places: Array<PostalPlace>, };

export type Present = "none" | "same" | "damaged" | "other";

export type PrintAsking = { 
/**
 * Whom.
 */
selection: Selection, 
/**
 * What one would like to send.
 */
purpose: Purpose, 
/**
 * The letter; `{name}` in it becomes the name.
 */
form: Form, };

export type PrintBadges = { 
/**
 * To what they come.
 */
event: EventId, 
/**
 * Which.
 */
kind: BadgeKind, 
/**
 * The sheet, by its name; the first one when nothing is said.
 */
sheet: string, 
/**
 * How many cells of the first sheet are used up.
 */
used: number, 
/**
 * What stands there beside names.
 */
words: BadgeWords, };

export type PrintDisclosure = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * What stands on it.
 */
form: Form, };

export type PrintDispatch = { 
/**
 * For whom.
 */
gate: Gate, 
/**
 * What it is called in the ledger.
 */
title: string, 
/**
 * On which paper.
 */
form: DispatchForm, 
/**
 * The newsletter that goes with it.
 */
issue: IssueId | null, 
/**
 * The event to which it invites, or for which it thanks.
 */
event?: EventId, 
/**
 * Who lives together gets one, with all names on it.
 */
households: boolean, 
/**
 * The label sheet, by its name.
 */
sheet?: string, 
/**
 * How many labels of the first sheet are used up.
 */
used?: number, 
/**
 * The edges are drawn as well: a try on plain paper, which the ledger does not take.
 */
outlined?: boolean, 
/**
 * The paragraphs of the letter.
 */
letter?: Array<string>, 
/**
 * The message side of postcards, and of 往復はがき.
 */
back?: BackWords, 
/**
 * The card that comes back: one half of 往復はがき, or a card in the envelope.
 */
reply?: ReplyWords, 
/**
 * Addresses of cards and envelopes, and messages, in level lines.
 */
level?: boolean, 
/**
 * 旧姓 stands behind the family name of whoever has one. Everybody through whose hands a card goes reads it.
 */
maiden?: boolean, 
/**
 * In the order of postal codes, as the post sorts them, rather than of kana.
 */
by_postal?: boolean, 
/**
 * In which language they are, `ja` or `en`.
 */
language: string, };

export type PrintEvent = { 
/**
 * Which event.
 */
event: EventId, 
/**
 * What the file is called, with the event's title.
 */
name: string, 
/**
 * Which papers, each beginning on a page of its own.
 */
papers: Array<EventSheet>, 
/**
 * In which language they are, `ja` or `en`.
 */
language: string, };

export type PrintForm = { 
/**
 * For whom.
 */
person: PersonId, 
/**
 * What stands on it.
 */
form: Form, };

export type PrintHandOver = { 
/**
 * Whose ties they are.
 */
from: ColleagueId, 
/**
 * Its name, large.
 */
title: string, 
/**
 * What stands above the table.
 */
lines: Array<string>, 
/**
 * The table's columns: who, with the telephone; the tie, with the last contact. And what a promise is called.
 */
columns: [string, string, string], 
/**
 * In which language it is, `ja` or `en`.
 */
language: string, };

export type PrintIssue = { 
/**
 * Which.
 */
id: IssueId, 
/**
 * For whom; the standard edition when nothing is said.
 */
edition?: IssueEdition, 
/**
 * Who prints it, and how; the office when nothing is said.
 */
output?: IssueOutput, };

export type PrintMoved = { 
/**
 * Of which dispatch.
 */
id: DispatchId, 
/**
 * What the new one is called in the ledger.
 */
title: string, };

export type PrintPaper = { 
/**
 * Which paper.
 */
id: DispatchPaperId, 
/**
 * On which printer.
 */
printer: string, 
/**
 * The first sheet, from 1.
 */
from: number, 
/**
 * The last one; all that follow without it.
 */
until: number | null, 
/**
 * Labels are set anew from one of them on, whatever sheet that was on: `from` and `until` count labels then.
 */
cell?: number, };

export type PrintRites = { 
/**
 * Of this year; of all without.
 */
year: number | null, 
/**
 * Its name, large.
 */
title: string, 
/**
 * What stands above the table.
 */
lines: Array<string>, 
/**
 * The columns: when, who, what happened, what was given, for how many yen, by whom.
 */
columns: [string, string, string, string, string, string], 
/**
 * What each thing that happens is called.
 */
topics: Record<ContactTopic, string>, 
/**
 * In which language it is, `ja` or `en`.
 */
language: string, };

export type PrintTest = { 
/**
 * Of which paper's size.
 */
form: DispatchForm, 
/**
 * For which printer; moved as is remembered.
 */
printer: string, 
/**
 * Its title.
 */
title: string, 
/**
 * What is measured and where.
 */
words: Array<string>, };

export type PrintableNews = { 
/**
 * From whom; nobody knows when it is to stay without a name.
 */
name: string | null, 
/**
 * The news.
 */
text: string, };

export type Printer = { 
/**
 * What the office calls it.
 */
name: string, 
/**
 * Which paper.
 */
form: DispatchForm, 
/**
 * So much further right everything is printed, in tenths of a millimetre.
 */
right: number, 
/**
 * So much further down, in tenths of a millimetre.
 */
down: number, };

export type Progress = { 
/**
 * Done so far.
 */
done: number, 
/**
 * Of so many.
 */
total: number, };

export type Purpose = "newsletter" | "event" | "rehire" | "help" | "referral" | "name_in_print" | "photo_in_print" | "employer_in_print" | "years_in_print" | "work_in_print";

export type ReadBackup = { 
/**
 * The file's token.
 */
file: string, };

export type ReadList = { 
/**
 * Its token.
 */
file: string, 
/**
 * How to read it, where the user knows better.
 */
reading: Reading, };

export type Readers = "owner" | "office" | "tally";

export type Reading = { 
/**
 * The encoding, or none to guess it; a workbook has none.
 */
encoding: FileEncoding | null, 
/**
 * The delimiter, or none to guess it; a workbook has none.
 */
delimiter: Delimiter | null, 
/**
 * Where the headings are.
 */
heading: Heading, 
/**
 * The sheet of a workbook by its name, or none for the one with the most known headings; a text has none.
 */
sheet?: string | null, };

export type ReasonCount = { 
/**
 * The reason.
 */
reason: LeavingReason, 
/**
 * How many.
 */
people: number, };

export type ReasonGroup = { 
/**
 * The first year in which one of them left, if known.
 */
from_year: number | null, 
/**
 * … and the last.
 */
until_year: number | null, 
/**
 * How many they are.
 */
people: number, 
/**
 * How many of them gave a reason, the most frequent first.
 */
reasons: Array<ReasonCount>, };

export type Reasons = { 
/**
 * Groups of five or more, the oldest first. Each is closed: later interviews make new groups, so that two
 * reports cannot be held against each other.
 */
groups: Array<ReasonGroup>, 
/**
 * Interviews that wait for a group.
 */
waiting: number, 
/**
 * The whole country's reasons to hold them against, when there is a checked file of them.
 */
national: National | null, };

export type Received = { 
/**
 * From whom.
 */
person: PersonId, 
/**
 * Which greeting.
 */
occasion: Occasion, 
/**
 * For which year: New Year's cards come around the turn.
 */
year: number, };

export type ReceivedId = number;

export type RecordAsked = { 
/**
 * Who.
 */
people: Array<PersonId>, 
/**
 * For what.
 */
purpose: Purpose, 
/**
 * How it can be shown.
 */
evidence: string, };

export type RecordDeath = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * When, as far as it is known.
 */
deceased_on: Day | null, 
/**
 * What was said, and by whom: kept as a contact of today.
 */
note: string, 
/**
 * What the family's phone is called, 喪主 or 長女.
 */
family: string, 
/**
 * The family's phone; empty when it was not given.
 */
phone: string, };

export type RecordSent = { 
/**
 * Which.
 */
id: DispatchId, 
/**
 * When; today when nothing is said.
 */
sent_on: Day | null, };

export type Recover = { 
/**
 * The sheet's 40 letters.
 */
code: string, 
/**
 * Who: a 開ける人.
 */
user: number, 
/**
 * Their new 合言葉.
 */
passphrase: string, };

export type Removable = { 
/**
 * How long what is kept, and why.
 */
periods: Array<RetentionPeriod>, 
/**
 * What may go.
 */
due: Array<Due>, 
/**
 * What is kept because the law asks for it.
 */
rosters: Array<Roster>, 
/**
 * Who was erased, without a name.
 */
erased: Array<ErasedRow>, };

export type RemoveRoster = { 
/**
 * The number that the person had.
 */
person: PersonId, 
/**
 * The certificate.
 */
certificate: Form, };

export type RepairAt = { 
/**
 * The line in the file.
 */
line: number, 
/**
 * The repair.
 */
repair: IntakeRepair, };

export type RepairCount = { 
/**
 * Which.
 */
kind: RepairKind, 
/**
 * How often.
 */
count: number, 
/**
 * The first cells, at most twenty.
 */
examples: Array<RepairAt>, };

export type RepairKind = "kana_widened" | "digits_narrowed" | "postal_written" | "formula_unwrapped" | "spaces_trimmed" | "name_split" | "zero_restored" | "postal_found" | "place_filled" | "proposal_taken";

export type Reply = { 
/**
 * Whose.
 */
id: InviteeId, 
/**
 * Whether they come.
 */
reply: EventReply, 
/**
 * How many with them; none of those who do not come.
 */
companions: number, 
/**
 * 近況.
 */
news: string, 
/**
 * Whether that may be printed.
 */
news_print: NewsPrint, 
/**
 * Where they live now, when that is new.
 */
address: Address | null, };

export type ReplyFieldWords = { 
/**
 * Its name.
 */
name: string, 
/**
 * How many lines it has.
 */
rows: number, 
/**
 * What is ticked.
 */
ticks: Array<string>, };

export type ReplyWords = { 
/**
 * What is answered.
 */
heading: string, 
/**
 * When and where it is, until when the answer is wished.
 */
lines: Array<string>, 
/**
 * What is circled.
 */
answers: Array<string>, 
/**
 * How.
 */
how: string, 
/**
 * What is written by hand.
 */
fields: Array<ReplyFieldWords>, 
/**
 * What is said of the frame for a privacy seal; no frame when it is empty.
 */
seal: string, 
/**
 * What the code is called.
 */
code: string, 
/**
 * To whom in the office it comes back: 総務部 同窓会係; may be empty.
 */
office: string, 
/**
 * What follows the office's name: 行.
 */
honorific: string, };

export type RestWanted = { 
/**
 * The list.
 */
list: MappedList, 
/**
 * The heading for what is wrong with a row, and the name of the file.
 */
heading: string, 
/**
 * A sentence for each reason of a doubt, by its name.
 */
reasons: Record<string, string>, 
/**
 * A sentence for rows that lie in another pile, by its name.
 */
piles: Record<string, string>, };

export type Restore = { 
/**
 * Which backup.
 */
which: WhichBackup, 
/**
 * 合言葉.
 */
passphrase: string, 
/**
 * The register that is here is damaged: what is newer in it and can still be read is taken over.
 */
salvage?: boolean, };

export type Restored = { 
/**
 * The register that is open now.
 */
state: State, 
/**
 * When the backup was made.
 */
made_at: At, 
/**
 * So many minutes of work came after it.
 */
lost_minutes: number | null, 
/**
 * So many people had been erased since and were erased again.
 */
erased_again: number, 
/**
 * So many lists of erased people were found beside the backup's own.
 */
erased_lists: number, 
/**
 * The name of the folder that holds the register that was here.
 */
set_aside: string | null, 
/**
 * What was taken over from the damaged register, when that was asked for.
 */
salvaged: Taken | null, };

export type RetentionClass = "roster" | "contacts" | "deceased" | "agreement" | "interview";

export type RetentionPeriod = { 
/**
 * Of what.
 */
class: RetentionClass, 
/**
 * So many years.
 */
years: number, 
/**
 * By which law or custom.
 */
source: string, 
/**
 * When the source was looked up; `None` when nobody did.
 */
checked: string | null, };

export type Rite = { 
/**
 * Which contact.
 */
contact: ContactId, 
/**
 * Whose.
 */
person: PersonId, 
/**
 * The name.
 */
name: string, 
/**
 * When.
 */
on_day: Day | null, 
/**
 * What happened.
 */
topic: ContactTopic, 
/**
 * What the company sent or gave; empty while nobody wrote it down.
 */
gift: string, 
/**
 * … and for how many yen.
 */
yen: number | null, 
/**
 * Who of ours saw to it.
 */
by: string, };

export type Rites = { 
/**
 * The latest first.
 */
rows: Array<Rite>, 
/**
 * How many there are.
 */
total: number, 
/**
 * The sum of what was given, in yen.
 */
yen: number, 
/**
 * The years of which there is any, the latest first.
 */
years: Array<number>, };

export type RitesPrinted = { 
/**
 * The PDF.
 */
pdf: FormPrinted, 
/**
 * The workbook.
 */
workbook: FormPrinted, };

export type RitesQuery = { 
/**
 * Of this year; of all without.
 */
year: number | null, 
/**
 * After so many lines.
 */
offset: number, };

export type Roster = { 
/**
 * The number that the person had.
 */
id: PersonId, 
/**
 * 氏名.
 */
name: string, 
/**
 * Its reading.
 */
kana: string, 
/**
 * The company's number.
 */
employee_number: string, 
/**
 * Birthday.
 */
born_on: Day | null, 
/**
 * First day in the company.
 */
joined_on: Day | null, 
/**
 * Last day in the company.
 */
left_on: Day | null, 
/**
 * Day of death.
 */
deceased_on: Day | null, 
/**
 * 住所.
 */
address: string, 
/**
 * 履歴 and 業務の種類: departments and posts.
 */
history: string, 
/**
 * The last day on which it must be kept.
 */
until_on: Day, };

export type RowSaid = { 
/**
 * The line in the file.
 */
line: number, 
/**
 * What becomes of it.
 */
take: RowTake, 
/**
 * Of the fields that differ, those to take from the list.
 */
fields: Array<string>, };

export type RowTake = "new" | "same" | "leave";

export type RowsQuery = { 
/**
 * The list.
 */
list: MappedList, 
/**
 * The pile.
 */
pile: Pile, 
/**
 * The first wanted.
 */
offset: number, };

export type Safety = { 
/**
 * The newest backup on this PC.
 */
newest_at: At | null, 
/**
 * The first change that is in no backup.
 */
unsaved_since: At | null, 
/**
 * Why the last backup could not be made: the code of a fault.
 */
trouble: string | null, 
/**
 * The second place.
 */
second: Second | null, 
/**
 * Some of the register's file cannot be read any more.
 */
damaged: boolean, 
/**
 * The disk was full, and the room that is kept in reserve is in use.
 */
disk_full: boolean, 
/**
 * Where the register lies.
 */
place: Place, };

export type Saved = { 
/**
 * Where it lies, and its name there.
 */
which: WhichBackup, 
/**
 * When it was made.
 */
made_at: At, 
/**
 * How many people are in it.
 */
people: number, 
/**
 * How many contacts.
 */
contacts: number, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * So many minutes of work came after it, at most; `None` when there is no register here to compare it with.
 */
lost_minutes: number | null, };

export type SavedFilter = { 
/**
 * Its name.
 */
name: string, 
/**
 * The filter.
 */
filter: Filter, };

export type SavedFilterId = number;

export type Scan = { 
/**
 * Its token.
 */
file: string, 
/**
 * Its name, with the ending.
 */
name: string, };

export type SealText = { 
/**
 * The text.
 */
text: OpenText, };

export type SealedNote = { 
/**
 * Its id.
 */
id: SealedNoteId, 
/**
 * What it is: `reason` from a list, `note` typed here, `interview`.
 */
field: string, 
/**
 * When it was put there.
 */
at: At, 
/**
 * What it says; nothing when the seal is broken: the note was altered, or moved here from another place.
 */
text: string | null, 
/**
 * What was said in an interview; of one that is only counted, when it was and no more.
 */
interview: Interview | null, };

export type SealedNoteId = number;

export type SeasonGreeting = { 
/**
 * 1–12.
 */
month: number, 
/**
 * How it speaks.
 */
style: GreetingStyle, 
/**
 * What it says.
 */
text: string, };

export type Seated = { 
/**
 * How many.
 */
tables: number, 
/**
 * How many people sit there, with those who come along.
 */
people: number, };

export type Second = { 
/**
 * The folder, to be shown.
 */
name: string, 
/**
 * It is there at this moment.
 */
present: boolean, 
/**
 * The newest backup that was copied there.
 */
newest_at: At | null, 
/**
 * Nothing was copied there for two weeks.
 */
overdue: boolean, };

export type Selection = { 
/**
 * These people.
 */
people: Array<PersonId>, 
/**
 * And all of these, on every page of the list.
 */
query: PeopleQuery | null, 
/**
 * But not these.
 */
except: Array<PersonId>, };

export type Sending = { 
/**
 * To whom.
 */
person: PersonId, 
/**
 * Which.
 */
dispatch: DispatchId, 
/**
 * The number of the letter, label or card, from 1; who lives together may share one.
 */
place: number, 
/**
 * What spoke against it when it was made: [`crate::gate::Doubt`]s, separated by commas.
 */
doubts: string, 
/**
 * Why it was sent all the same; given by whoever decided.
 */
reason: string, 
/**
 * How the person is addressed on it, a line each: postal code, address, company, name; empty for mail.
 */
printed: string, 
/**
 * When it came back.
 */
returned_on: Day | null, };

export type SendingId = number;

export type Sent = { 
/**
 * The sending.
 */
id: SendingId, 
/**
 * Which dispatch.
 */
dispatch: DispatchId, 
/**
 * What it is called.
 */
title: string, 
/**
 * On which paper.
 */
form: DispatchForm, 
/**
 * The number of the letter, label or card.
 */
place: number, 
/**
 * When it was made.
 */
made_on: Day | null, 
/**
 * When it went out; it has not while there is none.
 */
sent_on: Day | null, 
/**
 * When it came back.
 */
returned_on: Day | null, };

export type SentRecorded = { 
/**
 * Whose piece is to be taken out, because nobody may write to them, or to somebody whom it names as well, since it
 * was made: they are not in the ledger.
 */
pulled: Array<string>, };

export type SentTo = { 
/**
 * The sending.
 */
id: SendingId, 
/**
 * What is kept of it.
 */
fields: Sending, 
/**
 * The person's name.
 */
name: string, 
/**
 * What has come to speak against it since it was made: nobody may write to them any more, or the family is in
 * mourning, or post came back.
 */
closed: Array<Doubt>, 
/**
 * The piece is to be taken out: something has come to speak against one of those whom it names.
 */
pulled: boolean, 
/**
 * How the person is addressed today, a line each, where that is not what stands on the paper: somebody moved, or
 * took another name.
 */
now: string | null, };

export type Serving = "left_out" | "colleagues" | "leavers";

export type Settings = { 
/**
 * The company's name.
 */
company: string, 
/**
 * What people who left are called on the screen.
 */
people_screen: string, 
/**
 * … and on paper.
 */
people_paper: string, 
/**
 * The company's postal code, as senders write it on paper.
 */
postal: string, 
/**
 * … its address,
 */
address: string, 
/**
 * … and its telephone number.
 */
phone: string, 
/**
 * Its mail address, to which somebody writes who wants no more mail.
 */
mail: string, 
/**
 * The newsletter's name.
 */
newsletter: string, 
/**
 * The design of its paper, one of the press's names; the plain one when nothing is said.
 */
design: string, 
/**
 * The company's colour, `#rrggbb`; navy when nothing is said.
 */
colour: string, 
/**
 * What the seal beside the newsletter's name says; none when nothing is said.
 */
seal: string, 
/**
 * The programme's purposes, as ticked, separated by commas.
 */
purposes: string, 
/**
 * The size of text on the screen, in percent.
 */
text_size: string, 
/**
 * The language of the screen at opening, `ja` or `en`; Japanese when nothing is said.
 */
language: string, 
/**
 * After so many minutes without a hand on it the register locks itself; `0` for never, 15 when nothing is said.
 */
lock_after: string, 
/**
 * The office's own checklist for 退職の手続き, as JSON by kind; the page's own list when nothing is said.
 */
exit_items: string, 
/**
 * The office's own questions for the interview, one a line.
 */
interview_questions: string, 
/**
 * The month in which somebody last looked at what may go, `2026-11`.
 */
removable_seen: string, };

export type Sheet = { 
/**
 * Its number, as it is printed on it.
 */
number: number, 
/**
 * Its letters were typed back.
 */
confirmed: boolean, 
/**
 * … and when.
 */
confirmed_at: At | null, };

export type SheetLetters = { 
/**
 * Four letters.
 */
letters: string, };

export type SheetPrinted = { 
/**
 * The PDF's token.
 */
file: string, 
/**
 * Its proposed file name.
 */
name: string, 
/**
 * The sheet's number.
 */
number: number, };

export type SheetWords = { 
/**
 * The sheet's name, large.
 */
title: string, 
/**
 * Paragraphs above the code.
 */
above: Array<string>, 
/**
 * What the four letters are for.
 */
letters: string, 
/**
 * Paragraphs below.
 */
below: Array<string>, 
/**
 * In which language they are, `ja` or `en`.
 */
language: string, };

export type Spoken = { 
/**
 * The month, without a day.
 */
month: Day, 
/**
 * How; in any way when none is said.
 */
kind: ContactKind | null, };

export type SpokenTo = { 
/**
 * In which way; none for any.
 */
kind: ContactKind | null, 
/**
 * How many people.
 */
people: number, 
/**
 * Which: the filter of the list.
 */
filter: Filter, };

export type StaffIn = { 
/**
 * The article's heading.
 */
article: string, 
/**
 * Its place in the issue, from 0.
 */
at: number, 
/**
 * They were asked about this article and agreed.
 */
agreed: boolean, 
/**
 * The name.
 */
name: string, 
/**
 * A photograph's caption names them.
 */
shown: boolean, };

export type Standing = "reachable" | "deceased" | "no_contact" | "returned";

export type StartCompany = { 
/**
 * The company's name.
 */
company: string, 
/**
 * The first user's name.
 */
owner: string, 
/**
 * 合言葉.
 */
passphrase: string, };

export type State = { 
/**
 * There is a register of the company on this PC.
 */
company_exists: boolean, 
/**
 * What sort of place the registers lie in.
 */
place: Place, 
/**
 * The folder that they were moved to, when it is not there.
 */
missing: string | null, 
/**
 * A register is open.
 */
open: boolean, 
/**
 * … to look at only: nothing can be written where it lies.
 */
read_only: boolean, 
/**
 * It is the sample company's.
 */
sample: boolean, 
/**
 * Who opened it.
 */
user: User | null, 
/**
 * As whom it opens on this PC without a 合言葉; while it is closed, only until it was locked.
 */
here: number | null, 
/**
 * How many people it holds.
 */
people: number, 
/**
 * The recovery sheet made last that still opens the register.
 */
sheet: Sheet | null, 
/**
 * What is set for the whole company.
 */
settings: Settings, };

export type Step = { 
/**
 * Its id; later steps have higher ids.
 */
id: StepId, 
/**
 * When.
 */
at: At, 
/**
 * By whom.
 */
user: string, 
/**
 * What: the name of a sentence in the page's dictionaries.
 */
label: string, 
/**
 * About whom, when it is about one person who is still there.
 */
person: PersonId | null, 
/**
 * That person's name.
 */
name: string, 
/**
 * How many people it touched.
 */
people: number, 
/**
 * Whether it stands.
 */
state: StepState, };

export type StepId = number;

export type StepState = "done" | "undone";

export type Steps = { 
/**
 * The steps.
 */
rows: Array<Step>, 
/**
 * Steps made until then are gone, because the journal has its limits; `null` while all are there.
 */
gone_until: At | null, };

export type StepsQuery = { 
/**
 * The first wanted, from the newest.
 */
offset: number, 
/**
 * How many, at most 100; 0 for as many as that.
 */
limit: number, };

export type TableCount = { 
/**
 * Of which table.
 */
table: string, 
/**
 * How many.
 */
records: number, };

export type Tag = { 
/**
 * On whom.
 */
person: PersonId, 
/**
 * The word.
 */
name: string, };

export type TagCount = { 
/**
 * The tag.
 */
name: string, 
/**
 * How many people carry it.
 */
people: number, };

export type Tagging = { 
/**
 * Whom.
 */
selection: Selection, 
/**
 * The tag.
 */
name: string, };

export type TakeAll = { 
/**
 * The file's token.
 */
file: string, };

export type Taken = { 
/**
 * How many records.
 */
records: number, 
/**
 * … of them people.
 */
people: number, 
/**
 * Everything in it could be read.
 */
whole: boolean, 
/**
 * The step that undoes it.
 */
step: StepId | null, };

export type TextRead = { 
/**
 * As it will be kept, when there is no doubt.
 */
text: string | null, 
/**
 * Why it was not understood.
 */
doubt: DoubtReason | null, 
/**
 * What may have been meant.
 */
proposal: string | null, };

export type Tie = "good" | "soon" | "long" | "none";

export type ToTell = { 
/**
 * 連絡担当, if somebody was and still serves.
 */
in_charge: string | null, 
/**
 * Those who worked with the person.
 */
worked_with: Array<WorkedWith>, 
/**
 * Papers with the person's name that were made and have not gone out: they are to be taken out.
 */
made: Array<Sent>, 
/**
 * What went out within the last month, and may still be on its way or just have come.
 */
sent: Array<Sent>, };

export type Today = { 
/**
 * The day.
 */
on_day: Day, 
/**
 * What was promised at the last contact and is due by the end of this week.
 */
promised: Listed, 
/**
 * Whom to contact: nothing was promised, and the last two-way contact is a year ago or more.
 */
waiting: Listed, 
/**
 * People whose 連絡担当 has left the company.
 */
orphaned: Listed, 
/**
 * People whose address nobody has confirmed for a year.
 */
unconfirmed: Listed, 
/**
 * People who were asked whether one may write, and have not answered.
 */
asked: Listed, 
/**
 * Birthdays of the next two weeks, of those who agreed to something.
 */
birthdays: Array<Birthday>, 
/**
 * 先月: the month.
 */
last_month: Day, 
/**
 * … and with whom there was two-way contact in it: in any way, then by kind, the most frequent first.
 */
last_month_spoken: Array<SpokenTo>, 
/**
 * 退職の手続き that are under way.
 */
exits: Array<ExitRow>, 
/**
 * Agreements that end within [`SOON`] days.
 */
ending: Array<Ending>, 
/**
 * Events of which something is to be done: answers are awaited, the day is near, or it is over and not written down.
 */
events: Array<EventRow>, 
/**
 * No recovery sheet is in anybody's hand yet; told to those who can print one.
 */
sheet_missing: boolean, };

export type Two = { 
/**
 * The one.
 */
one: PersonId, 
/**
 * The other.
 */
other: PersonId, };

export type Typed = { 
/**
 * The text.
 */
text: string, };

export type Unlock = { 
/**
 * 合言葉.
 */
passphrase: string, 
/**
 * Whose it is: one try. Without, it is tried for one user after the other.
 */
user?: number, };

export type User = { 
/**
 * The number in the key file.
 */
id: number, 
/**
 * The name.
 */
name: string, 
/**
 * 開ける人: may open what is sealed.
 */
owner: boolean, };

export type Voice = "person" | "company";

export type WalkIn = { 
/**
 * To what.
 */
event: EventId, 
/**
 * Who, when they are in the register.
 */
person: PersonId | null, 
/**
 * 姓 of somebody who is not.
 */
family: string, 
/**
 * 名 of somebody who is not.
 */
given: string, };

export type Way = { 
/**
 * For what.
 */
purpose: Purpose, 
/**
 * By what.
 */
channel: Channel, };

export type WeekdayWrong = { 
/**
 * As it is written, `11月28日（金）`.
 */
written: string, 
/**
 * The letter that belongs there, `土`.
 */
right: string, };

export type WhichBackup = { 
/**
 * Where.
 */
place: BackupPlace, 
/**
 * The file's name, or its token.
 */
name: string, };

export type WhichStep = { 
/**
 * The step.
 */
step: StepId | null, };

export type WorkedWith = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * The name.
 */
name: string, 
/**
 * The department in which they worked together.
 */
department: string, 
/**
 * The phone to call, if one is known.
 */
phone: string | null, 
/**
 * The last two-way contact.
 */
last_contact_on: Day | null, };

export type YearsAsked = { 
/**
 * The column, the first is 0.
 */
column: number, 
/**
 * Its heading.
 */
heading: string, 
/**
 * How many cells.
 */
count: number, 
/**
 * One of them.
 */
example: string, };
