pub(crate) fn fill(_: &mut register::Writing<'_>, _: chrono::NaiveDate) -> Result<(), register::Fault> { Ok(()) }
