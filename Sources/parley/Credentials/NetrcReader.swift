import Failures
import Glibc
import SMTPWire

/// Looks up a host in ~/.netrc (the format of ftp and curl: machine, login, password, default).
enum NetrcReader {
  struct Entry: Equatable {
    var machine: String?
    var user: String?
    var password: Secret?
  }

  /// The entry for a host, and for a user where one is named; nil when there is no file or no entry.
  ///
  /// A file with a password that others can read is refused.
  static func entry(host: String, user: String?) throws(CredentialFailure) -> Entry? {
    let named = getenv("NETRC").map { String(cString: $0) }
    guard let path = named ?? getenv("HOME").map({ String(cString: $0) + "/.netrc" }),
      let file = try SecretFile(path), let entry = find(host: host, user: user, in: parse(file.octets))
    else { return nil }
    if entry.password != nil { try file.requirePrivate(.authNetrcReadable) }
    return entry
  }

  /// The entries in their order; the one of `default` has no machine.
  static func parse(_ octets: [UInt8]) -> [Entry] {
    var entries: [Entry] = []
    var words = words(octets)[...]
    while let word = words.popFirst() {
      switch String(decoding: word, as: UTF8.self) {
      case "machine": entries.append(Entry(machine: words.popFirst().map { String(decoding: $0, as: UTF8.self) }))
      case "default": entries.append(Entry())
      case "login" where !entries.isEmpty:
        entries[entries.count - 1].user = words.popFirst().map { String(decoding: $0, as: UTF8.self) }
      case "password" where !entries.isEmpty:
        entries[entries.count - 1].password = words.popFirst().map { Secret(name: "password", octets: $0) }
      case "account": _ = words.popFirst()
      default: break
      }
    }
    return entries
  }

  /// The words of the file. One in double quotes may hold blanks, and `\"` and `\\`, as in curl; a line that begins with
  /// `#` is a remark, and a macro goes on to an empty line.
  private static func words(_ octets: [UInt8]) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var isMacro = false
    for line in octets.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let rest = line.drop { $0 <= 0x20 }
      if isMacro {
        isMacro = !rest.isEmpty
        continue
      }
      if rest.first == UInt8(ascii: "#") { continue }
      let found = split(rest)
      let macro = found.firstIndex(of: Array("macdef".utf8))
      isMacro = macro != nil
      words += macro.map { Array(found[..<$0]) } ?? found
    }
    return words
  }

  private static func split(_ line: ArraySlice<UInt8>) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var rest = line
    while let first = rest.first {
      guard first > 0x20 else {
        rest.removeFirst()
        continue
      }
      if first == UInt8(ascii: "\"") {
        rest.removeFirst()
        words.append(quoted(&rest))
      } else {
        let word = rest.prefix { $0 > 0x20 }
        words.append(Array(word))
        rest = rest.dropFirst(word.count)
      }
    }
    return words
  }

  /// What stands in front of the closing quote.
  private static func quoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
    var word: [UInt8] = []
    while let octet = rest.popFirst(), octet != UInt8(ascii: "\"") {
      if octet == UInt8(ascii: "\\"), let escaped = rest.popFirst() {
        word.append(escaped)
      } else {
        word.append(octet)
      }
    }
    return word
  }

  /// The first entry that fits.
  static func find(host: String, user: String?, in entries: [Entry]) -> Entry? {
    entries.first { entry in
      (entry.machine == nil || entry.machine?.lowercased() == host.lowercased())
        && (user == nil || entry.user == nil || entry.user == user)
    }
  }
}
