import NIOCore
import TLSEngine

extension ConnectionHandler {
  /// Writes all of `bytes` in one go and ends `wait` when the system has them.
  func write(
    _ bytes: [UInt8], _ wait: LoopWait<WriteOutcome>, until deadline: ContinuousClock.Instant, on loop: any EventLoop
  ) {
    if wait.ticket.isCancelled { return _ = wait.end(.cancelled) }
    guard let context, context.channel.isActive else { return _ = wait.end(.ended(inbox.end ?? .closed)) }
    guard let wire = encrypted(bytes) else { return _ = wait.end(.ended(inbox.end ?? .closedLocally)) }
    let done = context.eventLoop.makePromise(of: Void.self)
    done.futureResult.assumeIsolated().whenComplete { [self] in wait.end(outcome($0)) }
    context.writeAndFlush(NIOAny(context.channel.allocator.buffer(bytes: wire)), promise: done)
    if wait.isOver { return }
    writers.removeAll(where: \.isOver)
    writers.append(wait)
    wait.atDeadline(deadline, on: loop) { wait.end(.timedOut) }
  }

  /// Ends the wait with this ticket, if it is still there.
  func cancelWrite(_ ticket: WaitTicket) {
    writers.first { $0.ticket === ticket }?.end(.cancelled)
    writers.removeAll(where: \.isOver)
  }

  /// The bytes for the network; nil when TLS is not ready or over.
  private func encrypted(_ bytes: [UInt8]) -> [UInt8]? {
    guard let tls else { return bytes }
    return tls.send(bytes) ? tls.drainCiphertext() : nil
  }

  private func outcome(_ result: Result<Void, any Error>) -> WriteOutcome {
    switch result {
    case .success: return .written
    case .failure(let error as IOError):
      end(Self.end(errno: error.errnoCode))
      return .ended(inbox.end ?? .reset)
    case .failure: return .ended(inbox.end ?? .closedLocally)
    }
  }
}
