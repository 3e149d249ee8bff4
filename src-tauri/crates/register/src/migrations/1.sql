-- Migration 1. Never edited after a release: the next change is 2.sql.
-- Every table but the nine at the end is journalled: its changes can be undone.

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    family TEXT NOT NULL, given TEXT NOT NULL,
    family_kana TEXT NOT NULL, given_kana TEXT NOT NULL,
    maiden TEXT NOT NULL, maiden_kana TEXT NOT NULL,
    business_name TEXT NOT NULL,
    spouse_name TEXT NOT NULL, spouse_given_on TEXT,
    employee_number TEXT NOT NULL,
    joined_on TEXT, left_on TEXT, born_on TEXT,
    employer TEXT NOT NULL, employer_role TEXT NOT NULL,
    deceased INTEGER NOT NULL CHECK (deceased IN (0, 1)), deceased_on TEXT,
    mourning_until TEXT,
    returned INTEGER NOT NULL CHECK (returned IN (0, 1)),
    no_contact INTEGER NOT NULL CHECK (no_contact IN (0, 1)),
    hours_a_month INTEGER CHECK (hours_a_month BETWEEN 0 AND 744),
    help_fields TEXT NOT NULL,
    why_connect TEXT NOT NULL,
    in_charge INTEGER REFERENCES colleague (id),
    notes TEXT NOT NULL,
    CHECK (family <> '' OR given <> '' OR business_name <> ''),
    CHECK (spouse_name = '' OR spouse_given_on IS NOT NULL)
) STRICT;
-- Covers the question of whom one may contact.
CREATE INDEX person_standing ON person (deceased, no_contact, returned, in_charge);
-- Whose tie nobody keeps.
CREATE INDEX person_in_charge ON person (in_charge) WHERE in_charge IS NOT NULL;
-- By month and day.
CREATE INDEX person_birthday ON person (substr(born_on, -5), deceased, no_contact) WHERE born_on IS NOT NULL;

CREATE TABLE address (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    label TEXT NOT NULL, postal TEXT NOT NULL,
    prefecture TEXT NOT NULL, city TEXT NOT NULL, street TEXT NOT NULL, building TEXT NOT NULL,
    best INTEGER NOT NULL CHECK (best IN (0, 1)), confirmed_on TEXT
) STRICT;
CREATE INDEX address_person ON address (person);
-- Whose address was not confirmed for long.
CREATE INDEX address_confirmed ON address (confirmed_on, person) WHERE best = 1;

CREATE TABLE phone (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    label TEXT NOT NULL, number TEXT NOT NULL,
    best INTEGER NOT NULL CHECK (best IN (0, 1)), confirmed_on TEXT
) STRICT;
CREATE INDEX phone_person ON phone (person);

CREATE TABLE mail (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    label TEXT NOT NULL, address TEXT NOT NULL,
    best INTEGER NOT NULL CHECK (best IN (0, 1)), confirmed_on TEXT
) STRICT;
CREATE INDEX mail_person ON mail (person);

CREATE TABLE employment (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    from_on TEXT, until_on TEXT,
    department TEXT NOT NULL, post TEXT NOT NULL, contract TEXT NOT NULL
) STRICT;
CREATE INDEX employment_person ON employment (person);

CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    on_day TEXT,
    kind TEXT NOT NULL,
    topic TEXT NOT NULL,
    note TEXT NOT NULL,
    next_on TEXT,
    colleague INTEGER REFERENCES colleague (id),
    -- 慶弔: what the company sent or gave, and for how many yen.
    gift TEXT NOT NULL, yen INTEGER CHECK (yen >= 0)
) STRICT;
-- Covers the question for the last contact of each row of a list and of everybody, and the count of a month.
CREATE INDEX contact_person ON contact (person, on_day, kind, next_on);
-- 慶弔の記録 reads these and no other; they are few among many. The words are those of `ContactTopic::RITES`.
CREATE INDEX contact_rite ON contact (on_day)
    WHERE topic IN ('wedding', 'birth', 'long_life', 'award', 'joy', 'death', 'family_death', 'disaster', 'grief');

CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL, channel TEXT NOT NULL,
    basis TEXT NOT NULL,
    state TEXT NOT NULL,
    on_day TEXT, wording TEXT NOT NULL, evidence TEXT NOT NULL
) STRICT;
CREATE INDEX consent_person ON consent (person);
-- Who was asked and has not answered.
CREATE INDEX consent_asked ON consent (person) WHERE state = 'unknown' AND on_day IS NOT NULL;
-- Who agreed to something.
CREATE INDEX consent_agreed ON consent (person) WHERE basis IN ('consent', 'requested') AND state = 'yes';

CREATE TABLE colleague (
    id INTEGER PRIMARY KEY,
    family TEXT NOT NULL, given TEXT NOT NULL,
    family_kana TEXT NOT NULL, given_kana TEXT NOT NULL,
    department TEXT NOT NULL, post TEXT NOT NULL, mail TEXT NOT NULL,
    left_on TEXT,
    CHECK (family <> '' OR given <> '')
) STRICT;

CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    name TEXT NOT NULL CHECK (name <> ''),
    UNIQUE (person, name)
) STRICT;

CREATE TABLE own_field (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> '')
) STRICT;

CREATE TABLE own_value (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    field INTEGER NOT NULL REFERENCES own_field (id),
    value TEXT NOT NULL,
    UNIQUE (person, field)
) STRICT;

CREATE TABLE photo (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL UNIQUE REFERENCES person (id),
    jpeg BLOB NOT NULL
) STRICT;

-- Text behind the seal. The column holds ciphertext only; the vault makes and opens it.
CREATE TABLE sealed_note (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    field TEXT NOT NULL,
    generation INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX sealed_note_person ON sealed_note (person);

-- 退職の手続き of somebody: how far it is.
CREATE TABLE exit (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL UNIQUE REFERENCES person (id),
    begun_on TEXT, finished_on TEXT,
    page TEXT NOT NULL,
    handover TEXT NOT NULL,
    readers TEXT NOT NULL
) STRICT;

-- A line of its checklist.
CREATE TABLE exit_item (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    done_on TEXT
) STRICT;
CREATE INDEX exit_item_person ON exit_item (person);

-- What somebody signed: 秘密保持, 競業避止.
CREATE TABLE agreement (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    signed_on TEXT, until_on TEXT,
    scope TEXT NOT NULL, compensation TEXT NOT NULL, evidence TEXT NOT NULL
) STRICT;
CREATE INDEX agreement_person ON agreement (person);
-- Covers the question which of them end soon.
CREATE INDEX agreement_until ON agreement (until_on);

-- A file that is kept with several records at once: the list that all of them signed.
CREATE TABLE scan (
    id INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

-- 添付: a file kept with a contact, a consent or an agreement; one of the three is named. Where a scan is named the bytes
-- are there, and none are here. They come last, so that a list of files reads none of them.
CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    contact INTEGER REFERENCES contact (id),
    consent INTEGER REFERENCES consent (id),
    agreement INTEGER REFERENCES agreement (id),
    scan INTEGER REFERENCES scan (id),
    name TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX attachment_person ON attachment (person);
CREATE INDEX attachment_contact ON attachment (contact) WHERE contact IS NOT NULL;
CREATE INDEX attachment_consent ON attachment (consent) WHERE consent IS NOT NULL;
CREATE INDEX attachment_scan ON attachment (scan) WHERE scan IS NOT NULL;
CREATE INDEX attachment_agreement ON attachment (agreement) WHERE agreement IS NOT NULL;

-- The entry `id` became part of a person's: an older backup holds it apart. `parts` says in JSON what that did to which
-- record, so that the two can be parted again; see merge.rs.
CREATE TABLE merged (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    parts TEXT NOT NULL
) STRICT;
CREATE INDEX merged_person ON merged (person);

CREATE TABLE saved_filter (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    filter TEXT NOT NULL
) STRICT;

CREATE TABLE issue (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    dated_on TEXT,
    columns INTEGER NOT NULL CHECK (columns IN (1, 2)),
    mincho INTEGER NOT NULL CHECK (mincho IN (0, 1)),
    articles TEXT NOT NULL,
    leavers_from TEXT, leavers_until TEXT,
    closing TEXT NOT NULL, closing_english TEXT NOT NULL,
    paper TEXT NOT NULL,
    wanted_pages INTEGER NOT NULL, tighter INTEGER NOT NULL CHECK (tighter BETWEEN 0 AND 15)
) STRICT;

-- A photograph in an issue; `articles` says which article shows it and what stands below it.
CREATE TABLE picture (
    id INTEGER PRIMARY KEY,
    issue INTEGER NOT NULL REFERENCES issue (id),
    jpeg BLOB NOT NULL
) STRICT;
CREATE INDEX picture_issue ON picture (issue);

-- The company's mark on mastheads; there is one at most.
CREATE TABLE emblem (
    id INTEGER PRIMARY KEY,
    jpeg BLOB NOT NULL
) STRICT;

-- 発送: what was made to be sent together. `issue` is the newsletter's, `event` the gathering's; both may be gone. `asked`
-- is what was chosen and written for it, as JSON, so that a part of it can be made anew; it names nobody.
CREATE TABLE dispatch (
    id INTEGER PRIMARY KEY,
    purpose TEXT NOT NULL, channel TEXT NOT NULL,
    form TEXT NOT NULL,
    occasion TEXT NOT NULL,
    title TEXT NOT NULL,
    issue INTEGER,
    event INTEGER,
    made_on TEXT, sent_on TEXT,
    asked TEXT NOT NULL
) STRICT;
CREATE INDEX dispatch_sent ON dispatch (sent_on, id);

-- Its very papers, byte for byte; a personal one bears names. One whose bytes are empty named somebody who was erased.
CREATE TABLE dispatch_paper (
    id INTEGER PRIMARY KEY,
    dispatch INTEGER NOT NULL REFERENCES dispatch (id),
    name TEXT NOT NULL,
    personal INTEGER NOT NULL CHECK (personal IN (0, 1)),
    pages INTEGER NOT NULL,
    each INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    pdf BLOB NOT NULL
) STRICT;
CREATE INDEX dispatch_paper_dispatch ON dispatch_paper (dispatch);

-- Whom it goes to. `place` is the number of the letter, label or card; who lives together shares one. `printed` is how
-- the person is addressed on it, a line each; mail has no address.
CREATE TABLE sending (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    dispatch INTEGER NOT NULL REFERENCES dispatch (id),
    place INTEGER NOT NULL,
    doubts TEXT NOT NULL, reason TEXT NOT NULL,
    printed TEXT NOT NULL,
    returned_on TEXT
) STRICT;
CREATE INDEX sending_person ON sending (person, dispatch);
-- Covers the counts of a line of the ledger.
CREATE INDEX sending_dispatch ON sending (dispatch, place, returned_on);

-- 受: a season's card that came from somebody.
CREATE TABLE received (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    occasion TEXT NOT NULL,
    year INTEGER NOT NULL
) STRICT;
CREATE INDEX received_person ON received (person, occasion, year);

-- A sheet of labels that the office measured itself, in hundredths of a millimetre.
CREATE TABLE own_sheet (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    columns INTEGER NOT NULL, rows INTEGER NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL,
    from_left INTEGER NOT NULL, from_top INTEGER NOT NULL,
    pitch_x INTEGER NOT NULL, pitch_y INTEGER NOT NULL
) STRICT;

-- 行事: a reunion, a seminar, a visit to the works, a gathering in memory of somebody.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    on_day TEXT,
    from_time TEXT NOT NULL, until_time TEXT NOT NULL,
    place TEXT NOT NULL, place_address TEXT NOT NULL,
    fee INTEGER NOT NULL CHECK (fee >= 0),
    companions INTEGER NOT NULL CHECK (companions BETWEEN 0 AND 9),
    reply_until TEXT,
    wording TEXT NOT NULL,
    seats INTEGER NOT NULL CHECK (seats BETWEEN 0 AND 99),
    costs TEXT NOT NULL,
    finished_on TEXT
) STRICT;

-- Who is invited to it, what they answered, and whether they came. `code` stands on the reply card.
CREATE TABLE invitee (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    event INTEGER NOT NULL REFERENCES event (id),
    code TEXT NOT NULL,
    channel TEXT NOT NULL,
    reason TEXT NOT NULL,
    reply TEXT NOT NULL,
    companions INTEGER NOT NULL CHECK (companions BETWEEN 0 AND 9),
    replied_on TEXT,
    news TEXT NOT NULL, news_print TEXT NOT NULL,
    table_number INTEGER, table_fixed INTEGER NOT NULL CHECK (table_fixed IN (0, 1)),
    came INTEGER NOT NULL CHECK (came IN (0, 1)),
    paid INTEGER NOT NULL CHECK (paid >= 0),
    walk_in INTEGER NOT NULL CHECK (walk_in IN (0, 1)),
    UNIQUE (event, person)
) STRICT;
CREATE INDEX invitee_person ON invitee (person);
CREATE INDEX invitee_code ON invitee (code);

CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;

-- Not journalled from here on.

CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE id_counter (prefix INTEGER NOT NULL, next INTEGER NOT NULL) STRICT;

CREATE TABLE user (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'staff'))
) STRICT;

CREATE TABLE step (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    user INTEGER NOT NULL REFERENCES user (id),
    label TEXT NOT NULL,
    person INTEGER,
    people INTEGER NOT NULL,
    bytes INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
    -- The ids of what the step added; none when the first is beyond the last.
    first_id INTEGER NOT NULL DEFAULT 1,
    last_id INTEGER NOT NULL DEFAULT 0
) STRICT;

-- `before` is the record as it was, NULL when it did not exist. What a step added has no row. See step.rs.
CREATE TABLE change (
    step INTEGER NOT NULL REFERENCES step (id),
    seq INTEGER NOT NULL,
    tbl TEXT NOT NULL,
    pk INTEGER NOT NULL,
    person INTEGER,
    before TEXT,
    PRIMARY KEY (step, seq)
) STRICT, WITHOUT ROWID;

-- Who was erased, as a number; with a minus, whose roster shall not stay either. See erase.rs.
CREATE TABLE erased (person INTEGER PRIMARY KEY, at INTEGER NOT NULL, user INTEGER NOT NULL) STRICT;

-- By what somebody who was erased is known again in a list: keyed hashes, which name nobody.
CREATE TABLE erased_mark (mark BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

-- What labour law asks to be kept of somebody who was erased, until its day. `id` was the person's.
CREATE TABLE roster (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL, kana TEXT NOT NULL,
    employee_number TEXT NOT NULL,
    born_on TEXT, joined_on TEXT, left_on TEXT, deceased_on TEXT,
    address TEXT NOT NULL, history TEXT NOT NULL,
    until_on TEXT NOT NULL
) STRICT;

-- Who did what, when; see audit.rs. `link` is a hash over the row and the one before.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    user INTEGER NOT NULL,
    command TEXT NOT NULL,
    people INTEGER NOT NULL,
    person INTEGER,
    fields TEXT NOT NULL,
    link BLOB NOT NULL
) STRICT;
