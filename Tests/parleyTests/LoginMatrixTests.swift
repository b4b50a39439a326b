import Foundation
import Synchronization
import Testing

/// Who can log in where: each mechanism that both sides have, with the right secret and a wrong one.
@Suite("Logins with other people's software", .enabled(if: PrivateServer.canRun))
struct LoginMatrixTests {
  @Test("docs/sasl-matrix.md says who logs in where")
  func matrix() throws {
    let grounds = try LoginGrounds()
    let servers = try grounds.servers()
    let reference = try #require(servers.first { $0.name == "parley mta run" })
    let clients: [LoginClient] = [.swaks, .curl, .msmtp, .smtplib, .gsasl]
    let pairs = servers.map { ($0.name, LoginClient.parley, $0) } + clients.map { ($0.name, $0, reference) }
    let columns = try Self.columns(pairs)
    let text = Self.page(asClient: columns.prefix(servers.count), asServer: columns.dropFirst(servers.count))
    withExtendedLifetime(grounds) {}
    let path = PrivateServer.directory + "/../../../docs/sasl-matrix.md"
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  /// One column of a table: what came of each mechanism.
  private struct Column: Sendable {
    let title: String
    var cells: [String: String] = [:]
  }

  /// All columns at once, each on a thread of its own: they wait more than they reckon.
  private static func columns(_ pairs: [(title: String, client: LoginClient, server: LoginServer)]) throws -> [Column] {
    let group = DispatchGroup()
    let results = Mutex<[Int: Result<Column, any Error>]>([:])
    for (index, pair) in pairs.enumerated() {
      DispatchQueue.global().async(group: group) {
        let result = Result { try column(pair.title, pair.client, pair.server) }
        results.withLock { $0[index] = result }
      }
    }
    group.wait()
    return try results.withLock { done in try pairs.indices.compactMap { try done[$0]?.get() } }
  }

  private static func column(_ title: String, _ client: LoginClient, _ server: LoginServer) throws -> Column {
    var column = Column(title: title)
    for mechanism in try server.offered() where client.mechanisms.contains(mechanism) {
      column.cells[mechanism] = try cell(mechanism, client, server)
    }
    return column
  }

  private static func cell(_ mechanism: String, _ client: LoginClient, _ server: LoginServer) throws -> String {
    let right = try client.outcome(mechanism, server.login(mechanism, isRight: true))
    guard right == .accepted else { return right == .refused ? "no" : "\(right)" }
    // Nobody in particular has no secret that could be wrong.
    if mechanism == "ANONYMOUS" { return "yes" }
    let wrong = try client.outcome(mechanism, server.login(mechanism, isRight: false))
    return wrong == .refused ? "yes" : "with a wrong secret: \(wrong)"
  }

  private static func page(asClient: ArraySlice<Column>, asServer: ArraySlice<Column>) -> String {
    """
    # Who logs in where

    The tests write this page: they log in by every mechanism that both sides have, with the right secret and with a
    wrong one. “yes” means that the right one was accepted and the wrong one refused, “no” that the right one was refused,
    “–” that a side does not have the mechanism. After a change: `UPDATE_GOLDEN=1 scripts/test --filter LoginMatrixTests`.

    ## Parley as the client

    \(table(asClient))

    Exim's NTLM is version 1, which stands on DES; Parley speaks version 2. Postfix 3.7 lets nobody
    use Dovecot's EXTERNAL. Neither Postfix nor Exim, as Debian has them, can bind a login to TLS.

    ## Parley's server

    The server is `parley mta run --users FILE`; its column in the table above is Parley itself.

    \(table(asServer))

    """
  }

  private static func table(_ columns: ArraySlice<Column>) -> String {
    let rows = LoginClient.parley.mechanisms.map { name in
      [name] + columns.map { $0.cells[name] ?? "–" }
    }
    let head = ["mechanism"] + columns.map(\.title)
    return ([head, head.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }
}
