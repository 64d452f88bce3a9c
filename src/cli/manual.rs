//! What is made of the description of the command line: completions for shells, a man page.
//!
//! In: a shell, or the name of a command. Out: text.

use super::Arguments;
use crate::error::{Place, Problem, Result};
use clap::CommandFactory;
use clap_complete::Shell;

/// What a shell reads.
pub(super) fn completions(shell: Shell) -> String {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "framescope", &mut bytes);
    String::from_utf8_lossy(&bytes).trim_end().to_string()
}

/// The man page of the program, or of a command.
///
/// # Errors
/// A command that there is not.
pub(super) fn man(command: Option<&str>) -> Result<String> {
    let mut all = Arguments::command();
    // so that each page knows its own full name
    all.build();
    let (page, title) = match command {
        None => (all, "framescope".to_string()),
        Some(name) => {
            let names: Vec<String> = all.get_subcommands().map(|command| command.get_name().to_string()).collect();
            let Some(found) = all.find_subcommand(name) else {
                let problem = Problem::error("no-such-command", Place::file("command line"), format!("`{name}`"));
                return Err(problem.expected(format!("one of {}", names.join(", "))).into());
            };
            (found.clone(), format!("framescope-{name}"))
        }
    };
    let mut bytes = Vec::new();
    // memory takes everything
    let _ = clap_mangen::Man::new(page).title(title).render(&mut bytes);
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_string())
}
