import ArgumentParser

/// `parley auth`: builds SASL strings and takes them apart, without a server.
struct AuthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "auth", _superCommandName: "parley", abstract: "Builds a SASL string, or takes one apart.",
    usage: "parley auth MECHANISM [USER] [--challenge BASE64 …]\nparley auth decode [LINE …]",
    subcommands: [AuthBuildCommand.self, AuthDecodeCommand.self], defaultSubcommand: AuthBuildCommand.self)
}
