//! The desk from outside: the same journeys through [`desk::Desk::run`] and through the headless binary, backups
//! and the way back. What goes wrong around it is tried in tests/faults.

mod attachments;
mod attack;
mod audit;
mod backup;
mod bases;
mod cards;
mod dispatch;
mod events;
mod exit;
mod front;
mod here;
mod journey;
mod keys;
mod list;
mod memory;
mod moving;
mod read_only;
mod refused;
mod rights;
mod rites;
mod sealed;
mod table;
mod today;
mod typing;
