import Dialogue
import Failures
package import SMTPSession

/// Sends one message as a plan says, and tells how it went.
package struct SubmissionRunner: Sendable {
  private let plan: SubmissionPlan
  private let message: MessageSource
  private let conversation: Conversation

  /// Makes a runner that has not connected.
  package init(
    plan: SubmissionPlan, message: MessageSource, target: Target, options: ConversationOptions,
    sink: @escaping EventSink
  ) {
    self.plan = plan
    self.message = message
    conversation = Conversation(target: target, options: options, sink: sink)
  }

  /// Runs the session to its end; the connection is closed afterwards.
  ///
  /// - Throws: a `MessageFailure` when the message cannot be read. What the server does is in the outcome.
  package func run() async throws(MessageFailure) -> SubmissionOutcome {
    var machine = SubmissionMachine(plan, sasl: await conversation.saslContext())
    if case .required(_, let credentials) = plan.auth { await conversation.keep(credentials) }
    do {
      let outcome = try await converse(&machine)
      await conversation.close()
      return outcome
    } catch let failure as SessionFailure {
      // A server that is gone after its last word, or says nothing to QUIT, has done all it had to do.
      let outcome = machine.failed(failure)
      await conversation.close()
      return outcome
    } catch let failure as MessageFailure {
      await conversation.abort()
      throw failure
    } catch {
      await conversation.abort()
      return machine.failed(SessionFailure(.internalFault, at: .message, "\(error)"))
    }
  }

  private func converse(_ machine: inout SubmissionMachine) async throws -> SubmissionOutcome {
    if plan.tls != .never { await conversation.prepareTLS() }
    try await conversation.connect()
    var actions: [SubmissionMachine.Action] = []
    if plan.tls == .onConnect { actions = machine.secured(await conversation.channelBindings()) }
    while true {
      while !actions.isEmpty {
        switch actions.removeFirst() {
        case .send(let lines): try await conversation.send(lines)
        case .sendMessage: try await conversation.send(message)
        case .drop: await conversation.abort()
        case .finish(let outcome): return outcome
        case .startTLS:
          try await conversation.startTLS()
          actions += machine.secured(await conversation.channelBindings())
        }
      }
      actions = await machine.answer(try await conversation.reply().reply)
    }
  }
}
