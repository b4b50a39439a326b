import SMTPClient

/// The passwords among our arguments, which every process of this machine can read.
enum SecretArguments {
  /// Blanks them.
  static func blank() {
    for (index, offset) in places(in: CommandLine.arguments) { SecretGuard.blank(argument: index, from: offset) }
  }

  /// Where passwords stand in arguments: the argument's index, and the octets before the password.
  static func places(in arguments: [String]) -> [(index: Int, offset: Int)] {
    var found: [(index: Int, offset: Int)] = []
    for (index, argument) in arguments.enumerated() {
      let hasNext = index + 1 < arguments.count
      for option in ["--auth-password", "-ap"] {
        if argument == option, hasNext { found.append((index + 1, 0)) }
        if argument.hasPrefix(option + "=") { found.append((index, option.utf8.count + 1)) }
      }
      let definition = "password="
      if argument == "-D", hasNext, arguments[index + 1].hasPrefix(definition) {
        found.append((index + 1, definition.utf8.count))
      }
      if argument.hasPrefix("-D" + definition) { found.append((index, 2 + definition.utf8.count)) }
    }
    // A string to take apart holds a password in base64, which nothing hides.
    if arguments.dropFirst().prefix(2) == ["auth", "decode"] {
      found += arguments.indices.dropFirst(3).filter { !arguments[$0].hasPrefix("-") }.map { ($0, 0) }
    }
    return found
  }
}
