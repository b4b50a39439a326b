import ArgumentParser

/// `parley mta`: the reference MTA by itself.
struct MTACommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mta", _superCommandName: "parley", abstract: "The reference MTA as a server, and its users.",
    subcommands: [MTARunCommand.self, MTAUserCommand.self])
}
