// The names of what goes wrong on this side, before or beside a session.
extension FailureName {
  /// The command line is not valid.
  package static let usage = FailureName("usage")
  /// A text does not name a place that a session could go to.
  package static let usageTarget = FailureName("usage.target")
  /// A file cannot be read.
  package static let fileUnreadable = FailureName("file.unreadable")
  /// A file cannot be written, or not to its end.
  package static let fileUnwritable = FailureName("file.unwritable")
  /// A line of a profile cannot be understood.
  package static let profileInvalid = FailureName("profile.invalid")
  /// There is no profile of that name.
  package static let profileUnknown = FailureName("profile.unknown")
  /// Other users can read the .netrc that holds the password.
  package static let authNetrcReadable = FailureName("auth.netrc_readable")
  /// Other users can read the profile that holds the password.
  package static let authProfileReadable = FailureName("auth.profile_readable")
  /// Other users can change the profile that names a command.
  package static let authProfileWritable = FailureName("auth.profile_writable")
  /// Other users can read the file that a descriptor gives the password from.
  package static let authDescriptorReadable = FailureName("auth.descriptor_readable")
  /// A script chose its target itself, and would send a secret there.
  package static let authTargetUnnamed = FailureName("auth.target_unnamed")
  /// A dialogue file cannot be played.
  package static let scriptInvalid = FailureName("script.invalid")
  /// A variable of a script has no value.
  package static let scriptVariable = FailureName("script.variable")
  /// An expectation of a script was not met.
  package static let scriptUnmet = FailureName("script.unmet")
  /// A file that is to be compared with itself has no STARTTLS.
  package static let compareNoSTARTTLS = FailureName("compare.no_starttls")
  /// A file holds nothing that the conversion could write.
  package static let convertNothing = FailureName("convert.nothing")
  /// Nobody knows what a file is that shall be converted.
  package static let convertUnknownForm = FailureName("convert.unknown_form")
  /// The workbench has no terminal.
  package static let terminalNone = FailureName("terminal.none")
  /// The terminal cannot do what the workbench needs.
  package static let terminalUnusable = FailureName("terminal.unusable")
  /// Nothing can be listened to at an address.
  package static let listenFailed = FailureName("listen.failed")
  /// The reference MTA could not start.
  package static let mtaStart = FailureName("mta.start")
  /// The reference MTA's state directory cannot be used.
  package static let mtaState = FailureName("mta.state")
  /// The file with the reference MTA's ports cannot be written.
  package static let mtaPortFile = FailureName("mta.port_file")
  /// A line of the reference MTA's file of users cannot be understood.
  package static let mtaUsers = FailureName("mta.users")
  /// Other users can read the reference MTA's file of users.
  package static let mtaUsersReadable = FailureName("mta.users_readable")
  /// This program is at fault.
  package static let internalFault = FailureName("internal")
}
