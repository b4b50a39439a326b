import Failures
import Foundation
import Testing

@testable import TLSEngine

/// Where the `openssl` command is, if it is installed.
let opensslCommand: String? = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first {
  FileManager.default.isExecutableFile(atPath: $0)
}

/// The `openssl` command wired to an engine through a socket of the loopback interface.
final class OpenSSLCommand {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let listener: Int32
  let socket: Int32

  /// Runs `openssl s_client`; the engine is the server.
  init?(client arguments: [String]) {
    guard let (listener, port) = Self.listen() else { return nil }
    self.listener = listener
    Self.start(process, ["s_client", "-connect", "127.0.0.1:\(port)", "-quiet"] + arguments, input, output)
    socket = accept(listener, nil, nil)
    guard socket >= 0 else { return nil }
  }

  /// Runs `openssl s_server`; the engine is the client. An interactive one takes commands such as `R`.
  init?(server arguments: [String], interactive: Bool = false) {
    guard let (listener, port) = Self.listen() else { return nil }
    close(listener)
    self.listener = -1
    Self.start(
      process,
      ["s_server", "-accept", "127.0.0.1:\(port)", "-naccept", "1"] + (interactive ? [] : ["-quiet"]) + arguments,
      input, output)
    var found: Int32 = -1
    for _ in 0..<200 where found < 0 {
      found = Self.connect(port)
      if found < 0 { usleep(20_000) }
    }
    socket = found
    guard found >= 0 else { return nil }
  }

  deinit {
    close(socket)
    if listener >= 0 { close(listener) }
    process.terminate()
    process.waitUntilExit()
  }

  func type(_ text: String) { input.fileHandleForWriting.write(Data(text.utf8)) }

  func typeEnd() { try? input.fileHandleForWriting.close() }

  /// What it printed until it ended.
  func printed() -> String {
    String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }

  /// Carries bytes between the engine and the command until `isEnough` or the end.
  func carry(_ engine: TLSEngine, until isEnough: ([TLSEvent]) -> Bool) -> [TLSEvent] {
    var events = engine.start()
    var piece = [UInt8](repeating: 0, count: 16_384)
    while true {
      flush(engine)
      if isEnough(events) { return events }
      let count = read(socket, &piece, piece.count)
      guard count > 0 else { return events + engine.receiveEnd() }
      events += engine.receive(Array(piece.prefix(count)))
    }
  }

  func flush(_ engine: TLSEngine) {
    let bytes = engine.drainCiphertext()
    if !bytes.isEmpty { _ = send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
  }

  private static func start(_ process: Process, _ arguments: [String], _ input: Pipe, _ output: Pipe) {
    process.executableURL = URL(fileURLWithPath: opensslCommand ?? "")
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try? process.run()
  }

  private static func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  private static func listen() -> (Int32, UInt16)? {
    let descriptor = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && Foundation.listen(descriptor, 1) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    return isBound ? (descriptor, UInt16(bigEndian: address.sin_port)) : nil
  }

  private static func connect(_ port: UInt16) -> Int32 {
    let descriptor = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(port)
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    if isConnected { return descriptor }
    close(descriptor)
    return -1
  }
}

@Suite("against the openssl command", .enabled(if: opensslCommand != nil), .timeLimit(.minutes(1)))
struct OpenSSLCommandTests {
  let directory = TemporaryDirectory()
  let files: TestCertificateFiles

  init() throws {
    files = try TestCertificateAuthority(directory: directory.path).prepare(
      names: ["mail.example.com"], addresses: ["127.0.0.1"])
  }

  func client() throws -> TLSEngine {
    try TLSEngine(TLSContext(.client(trust: .file(files.authority))), peer: TLSPeer(name: "mail.example.com"))
  }

  var serverArguments: [String] { ["-cert", files.identity.certificateFile, "-key", files.identity.keyFile] }

  func isEstablished(_ events: [TLSEvent]) -> Bool {
    events.contains { if case .established = $0 { true } else { false } }
  }

  @Test("s_client verifies our test authority's certificate and hears us", arguments: ["-tls1_2", "-tls1_3"])
  func sClient(version: String) throws {
    let arguments = [
      "-CAfile", files.authority, "-verify_return_error", "-verify_hostname", "mail.example.com", version,
    ]
    let command = try #require(OpenSSLCommand(client: arguments))
    let engine = try TLSEngine(TLSContext(.server(identity: files.identity)))
    let events = command.carry(engine, until: isEstablished)
    #expect(isEstablished(events))
    #expect(engine.send(Array("220 hello\r\n".utf8)))
    engine.close()
    command.flush(engine)
    shutdown(command.socket, Int32(SHUT_WR))
    #expect(command.printed().contains("220 hello\r\n"))
  }

  @Test("s_server is verified and heard", arguments: ["-tls1_2", "-tls1_3"])
  func sServer(version: String) throws {
    let command = try #require(OpenSSLCommand(server: serverArguments + [version]))
    let engine = try client()
    command.type("220 hello\n")
    let events = command.carry(engine) { !plaintext($0).isEmpty }
    #expect(plaintext(events) == Array("220 hello\n".utf8))
    guard case .established(_, let verification)? = events.first else { throw Missing() }
    #expect(verification == .verified(name: "mail.example.com"))
  }

  @Test("a server that asks for a new handshake is refused and named")
  func renegotiation() throws {
    let command = try #require(OpenSSLCommand(server: serverArguments + ["-tls1_2"], interactive: true))
    let engine = try client()
    #expect(isEstablished(command.carry(engine, until: isEstablished)))
    command.type("R\n")
    let events = command.carry(engine) { failure($0) != nil }
    #expect(failure(events)?.name == .tlsRenegotiation)
  }
}
