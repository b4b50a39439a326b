import ArgumentParser
import Failures
import Glibc
import SMTPClient
import SMTPSession
import SMTPWire
import Sessions

/// What the user has written down about a server, in a file of `$XDG_CONFIG_HOME/parley/profiles`: where it is, who
/// they are there, where the password comes from, and variables for scripts.
struct Profile: Equatable {
  let name: String
  var target: String?
  var user: String?
  var authzid: String?
  var password: Secret?
  var passwordCommand: String?
  var variables: [String: String] = [:]

  /// The profile of a name.
  static func named(_ name: String) throws(CredentialFailure) -> Profile {
    guard !name.isEmpty, !name.hasPrefix("."), !name.utf8.contains(UInt8(ascii: "/")) else {
      throw CredentialFailure(
        name: .profileUnknown,
        words: "--profile \(OctetText.readable(name.utf8)): expected the name of a file in "
          + directory)
    }
    guard let profile = try read(name) else {
      throw CredentialFailure(
        name: .profileUnknown, words: "there is no profile \(directory)/\(OctetText.readable(name.utf8))")
    }
    return profile
  }

  /// The first profile, by its name, whose target is on a host; one that is not valid is passed over.
  static func of(host: String) throws(CredentialFailure) -> Profile? {
    for name in names() {
      let profile: Profile?
      do throws(CredentialFailure) {
        profile = try read(name)
      } catch {
        // What others can read or change is told; that another server's profile is misspelt is not.
        if error.name == .profileInvalid { continue }
        throw error
      }
      guard let target = profile?.target.flatMap({ try? Target($0) }) else { continue }
      if target.host.lowercased() == host.lowercased() { return profile }
    }
    return nil
  }

  private static func read(_ name: String) throws(CredentialFailure) -> Profile? {
    guard let file = try SecretFile("\(directory)/\(name)") else { return nil }
    let profile = try parse(file.octets, name: name, path: file.path)
    if profile.password != nil { try file.requirePrivate(.authProfileReadable) }
    if profile.passwordCommand != nil { try file.requireUnchanged(.authProfileWritable) }
    return profile
  }

  /// Reads `key = value` lines; `#` begins a remark.
  static func parse(_ octets: [UInt8], name: String, path: String) throws(CredentialFailure) -> Profile {
    var profile = Profile(name: name)
    let lines = octets.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let text = String(decoding: line, as: UTF8.self).trimmingBlanks
      if text.isEmpty || text.hasPrefix("#") { continue }
      guard let sign = text.firstIndex(of: "=") else {
        throw invalid(path, index, "expected NAME = VALUE")
      }
      let key = String(text[..<sign]).trimmingBlanks
      let value = String(text[text.index(after: sign)...]).trimmingBlanks
      guard profile.set(key, value) else {
        throw invalid(
          path, index,
          "\(OctetText.readable(key.utf8)): expected target, user, authzid, password, password-command or var.NAME")
      }
      if key == "target", (try? Target(value)) == nil { throw invalid(path, index, "target: expected HOST[:PORT]") }
    }
    return profile
  }

  private mutating func set(_ key: String, _ value: String) -> Bool {
    switch key {
    case "target": target = value
    case "user": user = value
    case "authzid": authzid = value
    case "password": password = Secret(name: "password", octets: Array(value.utf8))
    case "password-command": passwordCommand = value
    case _ where key.hasPrefix("var.") && key.utf8.count > 4: variables[String(key.dropFirst(4))] = value
    default: return false
    }
    return true
  }

  private static func invalid(_ path: String, _ index: Int, _ words: String) -> CredentialFailure {
    CredentialFailure(name: .profileInvalid, words: "\(path):\(index + 1): \(words)")
  }

  /// Where profiles are (XDG Base Directory Specification).
  private static var directory: String {
    let base = getenv("XDG_CONFIG_HOME").map { String(cString: $0) }
    let home = getenv("HOME").map { String(cString: $0) } ?? "/"
    return (base.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.config") + "/parley/profiles"
  }

  private static func names() -> [String] {
    DirectoryListing.names(in: directory).filter { !$0.hasSuffix("~") }.sorted()
  }
}

extension String {
  /// The text without blanks and carriage returns at its ends.
  var trimmingBlanks: String {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\r" }
    let scalars = unicodeScalars.drop(while: isBlank)
    guard let last = scalars.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(scalars[...last])
  }
}
