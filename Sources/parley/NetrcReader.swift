import ArgumentParser
import Glibc

/// Looks up a host in ~/.netrc (the format of ftp and curl: machine, login, password, default).
enum NetrcReader {
  struct Entry: Equatable {
    var machine: String?
    var user: String?
    var password: String?
  }

  /// The entry for a host, and for a user where one is named; nil when there is no file or no entry.
  ///
  /// A file with a password that others can read is refused.
  static func entry(host: String, user: String?) throws -> Entry? {
    guard
      let path = getenv("NETRC").map({ String(cString: $0) })
        ?? getenv("HOME").map({ String(cString: $0) + "/.netrc" }),
      InputFile.exists(path)
    else { return nil }
    guard let entry = find(host: host, user: user, in: parse(try InputFile.read(path))) else { return nil }
    var status = stat()
    if entry.password != nil, stat(path, &status) == 0, status.st_mode & 0o077 != 0 {
      Output.diagnostic("parley: error [auth.netrc_readable]: \(path) can be read by others; say chmod 600 \(path)")
      throw ExitStatus.refused.exitCode
    }
    return entry
  }

  /// The entries in their order; the one of `default` has no machine.
  static func parse(_ octets: [UInt8]) -> [Entry] {
    var entries: [Entry] = []
    var words = octets.split { $0 <= 0x20 }.map { String(decoding: $0, as: UTF8.self) }[...]
    while let word = words.popFirst() {
      switch word {
      case "machine": entries.append(Entry(machine: words.popFirst()))
      case "default": entries.append(Entry())
      case "login" where !entries.isEmpty: entries[entries.count - 1].user = words.popFirst()
      case "password" where !entries.isEmpty: entries[entries.count - 1].password = words.popFirst()
      case "account": _ = words.popFirst()
      default: break
      }
    }
    return entries
  }

  /// The first entry that fits.
  static func find(host: String, user: String?, in entries: [Entry]) -> Entry? {
    entries.first { entry in
      (entry.machine == nil || entry.machine?.lowercased() == host.lowercased())
        && (user == nil || entry.user == nil || entry.user == user)
    }
  }
}
