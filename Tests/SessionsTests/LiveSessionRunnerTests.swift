import Failures
import SASL
import SMTPClient
import SMTPSession
import Sessions
import TestPeers
import Testing

@Suite("A session held for a person")
struct LiveSessionRunnerTests {
  private let alice = Credentials(user: "alice", password: "wonderland")

  /// Waits for the greeting, does what a person wants done, and gives what the server heard.
  private func hold(
    _ steps: [ScriptedServer.Step], _ deed: @Sendable @escaping (LiveSessionRunner) async -> Void
  ) async throws -> [String] {
    let server = try await ScriptedServer(steps)
    let events = Events()
    let runner = LiveSessionRunner(
      target: Target(host: "127.0.0.1", port: server.port),
      options: ConversationOptions(timeouts: SMTPTimeouts(all: .short)), sink: { events.add($0) })
    await withTaskExecutorPreference(TestExecutor.shared) {
      async let ending = runner.run()
      while events.received.isEmpty { try? await Task.sleep(for: .milliseconds(5)) }
      await deed(runner)
      _ = await ending
    }
    await server.stop()
    return server.heard.all
  }

  @Test(
    "without TLS a password is not sent unless that is allowed; what hides it may go", arguments: ["PLAIN", "LOGIN"])
  func plaintext(mechanism: String) async throws {
    let alice = alice
    let heard = try await hold([.say("220 x"), .hear, .say("535 no"), .close]) { runner in
      do throws(SessionFailure) {
        try await runner.authenticate(mechanism: mechanism, alice)
        Issue.record("the password was sent")
      } catch {
        #expect(error.name == .authPlaintextRefused)
      }
      try? await runner.authenticate(mechanism: "CRAM-MD5", alice)
    }
    #expect(heard == ["AUTH CRAM-MD5"])
  }

  @Test("where it is allowed, the login is carried out")
  func allowed() async throws {
    let alice = alice
    let steps: [ScriptedServer.Step] = [
      .say("220 x"), .hear, .say("334 VXNlcm5hbWU6"), .hear, .say("334 UGFzc3dvcmQ6"), .hear, .say("235 ok"), .close,
    ]
    let heard = try await hold(steps) { runner in
      try? await runner.authenticate(mechanism: "LOGIN", alice, allowsPlaintext: true)
    }
    #expect(heard == ["AUTH LOGIN", "YWxpY2U=", "d29uZGVybGFuZA=="])
  }
}
