import MTACore
import Network
import SASL
import SMTPSession
import SMTPWire
import Synchronization
import Testing

@testable import ReferenceMTA

@Suite("Dovecot's auth service, asked")
struct DovecotAuthRunnerTests {
  private static let greeting = "VERSION\t1\t2\nMECH\tPLAIN\tplaintext\nDONE\n"
  private static let facts = DovecotAuthFacts(remoteAddress: "192.0.2.1", isSecured: true)

  private static let response = SASLForward.response(Secret(name: "response", octets: Array("AGE=".utf8)))

  private struct Unexpected: Error {}

  /// What a service says to each request; without an answer left it ends the connection, and greets at the next one.
  private final class Answers: Sendable {
    private let left: Mutex<[String?]>

    init(_ answers: [String?]) { left = Mutex(answers) }

    func next() -> String? { left.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
  }

  /// Runs a service of the kind for a test.
  private func withService(
    greeting: String = greeting, _ answers: String?..., body: (inout DovecotAuthRunner) async throws -> Void
  ) async throws {
    let place = Playground()
    defer { place.remove() }
    let answers = Answers(answers)
    let listener = try await Listener.start(on: .unix(path: place.path + "/auth"))
    let serving = Task {
      await listener.run { connection in
        let deadline = ContinuousClock.now + .seconds(20)
        _ = await connection.write(Array(greeting.utf8), until: deadline)
        while case .bytes(let octets) = await connection.read(until: deadline) {
          // The greeting is no request.
          if octets.starts(with: "VERSION".utf8) { continue }
          guard let answer = answers.next() else { return }
          _ = await connection.write(Array(answer.utf8), until: deadline)
        }
      }
    }
    var runner = DovecotAuthRunner(socket: "auth", directory: place.path)
    do {
      try await body(&runner)
    } catch {
      await runner.close()
      listener.stop()
      throw error
    }
    await runner.close()
    listener.stop()
    await serving.value
  }

  private func begin(_ response: String? = nil) -> SASLForward {
    .begin(mechanism: "PLAIN", initial: response.map { Secret(name: "response", octets: Array($0.utf8)) })
  }

  @Test("the mechanisms, a challenge and a success")
  func login() async throws {
    try await withService("CONT\t1\t\n", "OK\t1\tuser=alice\n") { runner in
      #expect(await runner.open() == nil)
      #expect(runner.offers == [SASLMechanismOffer("PLAIN", traits: .plaintext)])
      #expect(await runner.ask(begin(), Self.facts) == .challenge([]))
      #expect(await runner.ask(Self.response, Self.facts) == .succeeded(user: "alice"))
    }
  }

  @Test("a service that ends within a login makes it fail for now, and the next login connects again")
  func lost() async throws {
    try await withService("CONT\t1\t\n", nil, "OK\t1\tuser=alice\n") { runner in
      #expect(await runner.open() == nil)
      #expect(await runner.ask(begin(), Self.facts) == .challenge([]))
      let failure = SASLFailure("Connection lost to authentication server", isTemporary: true)
      #expect(await runner.ask(Self.response, Self.facts) == .failed(failure))
      #expect(await runner.ask(begin("AGE="), Self.facts) == .succeeded(user: "alice"))
    }
  }

  @Test("a login that begins with a service that was restarted begins again; once")
  func restarted() async throws {
    try await withService(nil, "OK\t1\tuser=alice\n") { runner in
      #expect(await runner.open() == nil)
      #expect(await runner.ask(begin("AGE="), Self.facts) == .succeeded(user: "alice"))
    }
    try await withService(nil, nil, "OK\t1\tuser=alice\n") { runner in
      #expect(await runner.open() == nil)
      guard case .failed = await runner.ask(begin("AGE="), Self.facts) else { throw Unexpected() }
    }
  }

  @Test("what is not there, or another service, is told")
  func foreign() async throws {
    var nowhere = DovecotAuthRunner(socket: "/nonexistent/auth", directory: "")
    #expect(await nowhere.open()?.contains("cannot connect to unix:/nonexistent/auth") == true)
    let failure = SASLFailure("Can't connect to authentication server", isTemporary: true)
    #expect(await nowhere.ask(begin(), Self.facts) == .failed(failure))
    try await withService(greeting: "220 hello\nDONE\n") { runner in
      #expect(await runner.open()?.contains("does not speak Dovecot's auth protocol") == true)
    }
  }
}
