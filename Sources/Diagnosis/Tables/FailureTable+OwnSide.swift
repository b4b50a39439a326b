import Failures

extension FailureTable {
  /// What goes wrong on this side, before or beside a session.
  static let ownSide: [FailureMeaning] = [
    FailureMeaning(
      .connClosed, "closed from this side",
      "The connection was closed from this side while something was still to come.",
      next: ["connect again"], "RFC 5321 §3.8"),
    FailureMeaning(
      .authNetrcReadable, "a password file that others can read",
      "The file with the password can be read by other users of this machine, so it is not used.",
      next: ["chmod 600 ~/.netrc"], "RFC 4954 §9"),
    FailureMeaning(
      .authProfileReadable, "a profile with a password that others can read",
      "The profile holds a password and can be read by other users of this machine, so it is not used.",
      next: ["chmod 600 the file, or let it name a password-command"], "RFC 4954 §9"),
    FailureMeaning(
      .authProfileWritable, "a profile that others can change",
      "The profile names a command, and other users of this machine could name another one.",
      next: ["chmod 600 the file"], "RFC 4954 §9"),
    FailureMeaning(
      .authDescriptorReadable, "a password file that others can read",
      "The file behind the descriptor holds the password and can be read by other users of this machine.",
      next: ["chmod 600 the file"], "RFC 4954 §9"),
    FailureMeaning(
      .authTargetUnnamed, "a script that chose its target itself",
      "The script names the server, and whoever wrote the script would get your password or another secret.",
      next: ["if you trust that server: parley run SCRIPT TARGET, or store the password for the host in ~/.netrc"],
      "RFC 4954 §9"),
    FailureMeaning(
      .profileInvalid, "a profile that is not valid",
      "A line of the profile is not NAME = VALUE, or its name is not known.",
      next: ["the words above name the line"], "sysexits, EX_DATAERR"),
    FailureMeaning(
      .profileUnknown, "no such profile", "There is no profile of that name.",
      next: ["look into ~/.config/parley/profiles"], "sysexits, EX_NOINPUT"),
    FailureMeaning(
      .fileUnreadable, "a file cannot be read", "A file that was named cannot be read.",
      next: ["check its path and its permissions; - stands for standard input"], "sysexits, EX_NOINPUT"),
    FailureMeaning(
      .fileUnwritable, "a file cannot be written", "A file could not be written, or not to its end.",
      next: ["check the directory, its permissions and the space on the disk"], "sysexits, EX_IOERR"),
    FailureMeaning(
      .scriptInvalid, "the script is not valid", "The dialogue file has an error, so nothing was sent.",
      next: ["the lines above name each error with its line and column"], "sysexits, EX_DATAERR"),
    FailureMeaning(
      .scriptVariable, "a variable without a value", "The script needs a variable of which nothing is known.",
      next: ["give -D NAME=VALUE; for a login --auth-user and the password at the prompt"], "sysexits, EX_USAGE"),
    FailureMeaning(
      .scriptUnmet, "an expectation was not met", "The server's reply is not the one that the script expects.",
      next: ["compare the two lines above; --match code looks at codes only"], "RFC 5321 §4.3.2"),
    FailureMeaning(
      .usage, "the command line is not valid", "An option or an argument is not what the command takes.",
      next: ["parley COMMAND --help lists what it takes"], "sysexits, EX_USAGE"),
    FailureMeaning(
      .usageTarget, "no target", "The text is not the name of a place that a session could go to.",
      next: ["write HOST, HOST:587, [2001:db8::1]:25, smtp://, smtps://, lmtp://, or unix:/path"], "sysexits, EX_USAGE"),
    FailureMeaning(
      .compareNoSTARTTLS, "no STARTTLS to compare",
      "One file alone is compared with itself, before and after STARTTLS, and this one has no STARTTLS.",
      next: ["give a second file: parley compare A B"], "sysexits, EX_DATAERR"),
    FailureMeaning(
      .convertNothing, "nothing to convert",
      "The file holds no session in the form that it was read as, or nothing that the other form can hold.",
      next: ["name the file's form: parley convert FILE --from FORM", "parley convert --help lists the forms"],
      "sysexits, EX_DATAERR"),
    FailureMeaning(
      .convertUnknownForm, "a file in an unknown form",
      "The file is no dialogue and no log of a program whose output can be read.",
      next: ["name the file's form: parley convert FILE --from FORM", "uncompress it, take quotation marks off"],
      "sysexits, EX_DATAERR"),
    FailureMeaning(
      .authBadBase64, "a text that is not base64", "A text that a login should consist of is not base64.",
      next: ["the place is named above; white space and quotation marks do not belong to it"], "RFC 4648 §4"),
    FailureMeaning(
      .terminalNone, "no terminal", "The workbench needs a terminal, and there is none.",
      next: ["without one use parley run, parley send or parley replay"], "sysexits, EX_USAGE"),
    FailureMeaning(
      .terminalUnusable, "the terminal cannot be used", "The terminal does not do what the workbench needs.",
      next: ["check TERM; without the workbench use parley run or parley send"], "sysexits, EX_UNAVAILABLE"),
    FailureMeaning(
      .mtaStart, "the reference MTA did not start",
      "The reference MTA could not begin to listen, or to use its directories.",
      next: ["the words above say which; another port: --listen smtp://127.0.0.1:0"], "sysexits, EX_UNAVAILABLE"),
    FailureMeaning(
      .mtaState, "the state directory cannot be used",
      "The directory in which the reference MTA keeps mail and certificates could not be made or written.",
      next: ["check the path of --state, its permissions and the space on the disk"], "sysexits, EX_UNAVAILABLE"),
    FailureMeaning(
      .mtaPortFile, "the file of ports cannot be written",
      "The reference MTA could not write the file that names its ports, so it did not start.",
      next: ["check the path of --port-file and its permissions"], "sysexits, EX_UNAVAILABLE"),
    FailureMeaning(
      .mtaUsers, "a file of users that is not valid", "A line of the file of users is not NAME VERIFIER.",
      next: ["make the line anew: parley mta user NAME"], "sysexits, EX_DATAERR"),
    FailureMeaning(
      .mtaUsersReadable, "a file of users that others can read",
      "The file holds passwords or verifiers and can be read by other users of this machine, so it is not used.",
      next: ["chmod 600 the file"], "RFC 4954 §9"),
    FailureMeaning(
      .listenFailed, "cannot listen", "The system does not let this program listen at the address.",
      next: [
        "does another program listen there? ss -ltnp shows it; port 0 takes any that is free",
        "ports below 1024 need a privilege",
      ], "sysexits, EX_UNAVAILABLE"),
    FailureMeaning(
      .tlsTestCA, "the test authority", "The reference MTA's own certificate authority could not be made or read.",
      next: ["check the state directory's permissions and space"], "RFC 5280 §6.1"),
  ]
}
