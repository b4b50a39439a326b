import Glibc
import MTACore
import Network
import TLSEngine

@testable import ReferenceMTA

/// A directory for one test.
struct Playground {
  let path: String

  init() {
    var template = Array("\(Playground.base)/parley-mta.XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/nonexistent"
  }

  private static var base: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

  /// Removes everything in it.
  func remove() { Self.remove(path) }

  private static func remove(_ path: String) {
    for name in names(path) { remove("\(path)/\(name)") }
    if rmdir(path) != 0 { unlink(path) }
  }

  /// The names in a directory below it, sorted.
  func list(_ directory: String) -> [String] { Self.names("\(path)/\(directory)").sorted() }

  private static func names(_ path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// What a file below it holds.
  func read(_ file: String) -> String {
    guard let stream = fopen("\(path)/\(file)", "r") else { return "" }
    defer { fclose(stream) }
    var octets = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&octets, 1, octets.count, stream)
    return String(decoding: octets[..<count], as: UTF8.self)
  }

  /// What the only message in a mailbox says; empty when there is not exactly one.
  func onlyMessage(in mailbox: String) -> String {
    let names = list("mail/\(mailbox)/new")
    return names.count == 1 ? read("mail/\(mailbox)/new/\(names[0])") : ""
  }
}

/// A client that says lines and reads replies.
struct PlainClient {
  let connection: Connection
  private static var deadline: ContinuousClock.Instant { .now + .seconds(20) }

  /// Connects and reads the greeting.
  static func connect(_ port: Int, greeting: inout String) async throws -> PlainClient {
    let client = PlainClient(
      connection: try await Connection.connect(to: .tcp(host: "127.0.0.1", port: port), until: deadline))
    greeting = await client.replies(1)
    return client
  }

  /// Connects, whatever the greeting is.
  static func connect(_ port: Int) async throws -> PlainClient {
    var greeting = ""
    return try await connect(port, greeting: &greeting)
  }

  /// Sends text and reads as many replies; `|` stands between their lines.
  func say(_ text: String, replies count: Int = 1) async -> String {
    _ = await connection.write(Array((text + "\r\n").utf8), until: Self.deadline)
    return await replies(count)
  }

  /// Reads replies, or what comes before the end.
  func replies(_ count: Int) async -> String {
    var text = ""
    while text.split(separator: "\r\n").count(where: { $0.dropFirst(3).first != "-" }) < count
      || !text.hasSuffix("\r\n")
    {
      guard case .bytes(let octets) = await connection.read(until: Self.deadline) else { break }
      text += String(decoding: octets, as: UTF8.self)
    }
    return text.replacing("\r\n", with: "|")
  }

  /// Whether the server ends the connection without another word.
  func sawEnd() async -> Bool {
    if case .ended = await connection.read(until: Self.deadline) { true } else { false }
  }

  /// Makes TLS, trusting an authority's file; true when the certificate was verified.
  func startTLS(_ authority: String, _ mode: TLSStartMode = .upgrade()) async throws -> Bool {
    let context = try TLSContext(.client(trust: .file(authority)))
    let start = await connection.startTLS(
      context, peer: TLSPeer(name: "localhost"), mode: mode, until: Self.deadline)
    if case .established(_, .verified) = start.outcome { return true }
    return false
  }
}
