extension FailureTable {
  /// What goes wrong on this side, before or beside a session.
  static let ownSide: [FailureMeaning] = [
    FailureMeaning(
      "conn.closed", "closed from this side",
      "The connection was closed from this side while something was still to come.",
      next: ["connect again"], "RFC 5321 §3.8"),
    FailureMeaning(
      "auth.netrc_readable", "a password file that others can read",
      "The file with the password can be read by other users of this machine, so it is not used.",
      next: ["chmod 600 ~/.netrc"], "RFC 4954 §9"),
    FailureMeaning(
      "auth.profile_readable", "a profile with a password that others can read",
      "The profile holds a password and can be read by other users of this machine, so it is not used.",
      next: ["chmod 600 the file, or let it name a password-command"], "RFC 4954 §9"),
    FailureMeaning(
      "auth.profile_writable", "a profile that others can change",
      "The profile names a command, and other users of this machine could name another one.",
      next: ["chmod 600 the file"], "RFC 4954 §9"),
    FailureMeaning(
      "auth.descriptor_readable", "a password file that others can read",
      "The file behind the descriptor holds the password and can be read by other users of this machine.",
      next: ["chmod 600 the file"], "RFC 4954 §9"),
    FailureMeaning(
      "profile.invalid", "a profile that is not valid",
      "A line of the profile is not NAME = VALUE, or its name is not known.",
      next: ["the words above name the line"], "sysexits, EX_DATAERR"),
    FailureMeaning(
      "profile.unknown", "no such profile", "There is no profile of that name.",
      next: ["look into ~/.config/parley/profiles"], "sysexits, EX_NOINPUT"),
    FailureMeaning(
      "file.unreadable", "a file cannot be read", "A file that was named cannot be read.",
      next: ["check its path and its permissions; - stands for standard input"], "sysexits, EX_NOINPUT"),
    FailureMeaning(
      "file.unwritable", "a file cannot be written", "A file could not be written, or not to its end.",
      next: ["check the directory, its permissions and the space on the disk"], "sysexits, EX_IOERR"),
    FailureMeaning(
      "script.invalid", "the script is not valid", "The dialogue file has an error, so nothing was sent.",
      next: ["the lines above name each error with its line and column"], "sysexits, EX_DATAERR"),
    FailureMeaning(
      "script.variable", "a variable without a value", "The script needs a variable of which nothing is known.",
      next: ["give -D NAME=VALUE; for a login --auth-user and the password at the prompt"], "sysexits, EX_USAGE"),
    FailureMeaning(
      "script.unmet", "an expectation was not met", "The server's reply is not the one that the script expects.",
      next: ["compare the two lines above; --match code looks at codes only"], "RFC 5321 §4.3.2"),
    FailureMeaning(
      "usage", "the command line is not valid", "An option or an argument is not what the command takes.",
      next: ["parley COMMAND --help lists what it takes"], "sysexits, EX_USAGE"),
    FailureMeaning(
      "usage.target", "no target", "The text is not the name of a place that a session could go to.",
      next: ["write HOST, HOST:587, [2001:db8::1]:25, smtp://, smtps://, lmtp://, or unix:/path"], "sysexits, EX_USAGE"),
    FailureMeaning(
      "terminal.none", "no terminal", "The workbench needs a terminal, and there is none.",
      next: ["without one use parley run, parley send or parley replay"], "sysexits, EX_USAGE"),
    FailureMeaning(
      "terminal.unusable", "the terminal cannot be used", "The terminal does not do what the workbench needs.",
      next: ["check TERM; without the workbench use parley run or parley send"], "sysexits, EX_UNAVAILABLE"),
    FailureMeaning(
      "mta.start", "the reference MTA did not start",
      "The reference MTA could not begin to listen, or to use its directories.",
      next: ["the words above say which; another port: --listen smtp://127.0.0.1:0"], "sysexits, EX_UNAVAILABLE"),
    FailureMeaning(
      "tls.test_ca", "the test authority", "The reference MTA's own certificate authority could not be made or read.",
      next: ["check the state directory's permissions and space"], "RFC 5280 §6.1"),
  ]
}
