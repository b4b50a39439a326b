import Failures
import SMTPSession
import TestPeers
import Testing

/// Servers that are gone, or silent, in the middle of something.
@Suite("Ends at every stage")
struct HostileStagesTests {
  /// What a server does instead of answering.
  enum Ending: CaseIterable {
    case close
    case reset
    case silence

    var step: ScriptedServer.Step {
      switch self {
      case .close: .close
      case .reset: .reset
      case .silence: .silence
      }
    }

    /// The failure at a stage; nil where nothing is lost any more.
    func name(at stage: Int) -> FailureName? {
      switch (self, stage) {
      case (_, GoodServer.dot + 1): nil
      case (_, GoodServer.dot): .deliveryUncertain
      case (.silence, 0): .timeoutBanner
      case (.silence, _): .timeoutReply
      case (.close, _): .connEOF
      case (.reset, _): .connReset
      }
    }
  }

  @Test("instead of an answer", arguments: 0..<GoodServer.stages.count, Ending.allCases)
  func instead(stage: Int, ending: Ending) async throws {
    let session = try await HostileSession(GoodServer.until(stage) + [ending.step], waits: .short)
    #expect(session.failure == ending.name(at: stage), "\(GoodServer.names[stage])")
    #expect(session.outcome.failure?.isDeliveryUncertain ?? false == (stage == GoodServer.dot))
    session.expectWholeRecording()
  }

  @Test(
    "within an answer: what came of it is shown and recorded, the cut marked", arguments: 0..<GoodServer.stages.count,
    [
      Ending.close, .silence,
    ])
  func within(stage: Int, ending: Ending) async throws {
    for half in ["2", "250-half\r\n250-ha", "250 half\r"] {
      let session = try await HostileSession(
        GoodServer.until(stage) + [.bytes(Array(half.utf8)), ending.step], waits: .short)
      #expect(session.failure == ending.name(at: stage), "\(GoodServer.names[stage])")
      #expect(session.failure == nil || session.words == half)
      #expect(session.events.isCut)
      session.expectWholeRecording()
    }
  }

  @Test("421 ends the session wherever it comes, and no word follows", arguments: 0..<GoodServer.stages.count)
  func shutdown(stage: Int) async throws {
    let session = try await HostileSession(GoodServer.until(stage) + [.say("421 4.3.2 shutting down"), .close])
    #expect(session.failure == (stage > GoodServer.dot ? nil : .smtp(421)))
    #expect(session.heard.contains("QUIT") == (stage > GoodServer.dot))
    session.expectWholeRecording()
  }
}
