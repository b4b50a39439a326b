import SASL
import SMTPWire

extension ServerSession {
  /// Goes on with what a decision was needed for.
  mutating func decided(_ question: Question, _ answer: ServerAnswer) {
    switch (question, answer) {
    case (.endOfMessage(let byChunk), let answer): return decidedMessage(answer, byChunk: byChunk)
    case (.credentials(let method), let answer): return decidedLogin(answer, method)
    case (.lookup(var mechanism, let method), .found(let found)):
      return follow(mechanism.found(found), mechanism, method)
    case (.forward(let mechanism, let method), .sasl(let step)): return follow(step, mechanism, method)
    case (.chunk(let count, let isLast), .refuse(let reply)): return receive(count, isLast: isLast, refusal: reply)
    case (_, .refuse(let reply)), (_, .refuseKeepingTransaction(let reply)): return finish(reply)
    case (_, .badAddress): return decidedBadAddress(question)
    case (_, .accept): return accepted(question)
    default: return finish(ServerReplies.configurationError)
    }
  }

  private mutating func accepted(_ question: Question) {
    switch question {
    case .senderSyntax(let address, let words): take(sender: address, words)
    case .recipientSyntax(let address, let words): take(recipient: address, words)
    case .verifySyntax(let address, let argument): ask(.verify(address), .verify(argument))
    case .sender(let sender):
      transaction = ServerTransaction(sender: sender)
      finish(ServerReplies.senderOk)
    case .recipient(let recipient):
      transaction?.recipients.append(recipient)
      finish(ServerReplies.recipientOk)
    case .data: finish(ServerReplies.startMailInput, then: .message)
    case .chunk(let count, let isLast): receive(count, isLast: isLast, refusal: nil)
    case .verify(let argument): finish(Reply(252, "2.0.0 \(ServerReplies.printable(argument))"))
    case .etrn: finish(ServerReplies.etrnStarted)
    case .endOfMessage, .credentials, .lookup, .forward: finish(ServerReplies.configurationError)
    }
  }

  private mutating func decidedBadAddress(_ question: Question) {
    switch question {
    case .senderSyntax(let address, _):
      logIllegal(address.typed, "MAIL")
      finish(ServerReplies.badSender)
    case .recipientSyntax(let address, _):
      logIllegal(address.typed, "RCPT")
      finish(ServerReplies.badRecipient)
    case .verifySyntax(let address, _):
      logIllegal(address.typed, "VRFY")
      finish(ServerReplies.badRecipient)
    case .etrn: finish(ServerReplies.etrnBadDomain)
    default: finish(ServerReplies.configurationError)
    }
  }

  private mutating func decidedMessage(_ answer: ServerAnswer, byChunk: Bool) {
    switch answer {
    case .queued(let id):
      let total = messageSize
      holdsMessage = false
      endTransaction()
      // Mail forgives the errors before it.
      errors = 0
      junk = 0
      finish(Reply(250, byChunk ? "2.0.0 Ok: \(total) bytes queued as \(id)" : "2.0.0 Ok: queued as \(id)"))
    case .refuseKeepingTransaction(let reply):
      dropMessage()
      finish(reply)
    case .refuse(let reply):
      endTransaction()
      finish(reply)
    default:
      endTransaction()
      finish(ServerReplies.configurationError)
    }
  }

  private mutating func decidedLogin(_ answer: ServerAnswer, _ method: String) {
    switch answer {
    case .loggedIn(let user): succeed(user, method)
    case .authenticationFailed(let failure): failAuthentication(failure, method)
    case .refuse(let reply): finish(reply)
    default: finish(ServerReplies.configurationError)
    }
  }
}
