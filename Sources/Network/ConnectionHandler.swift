import Glibc
import NIOCore
import NIOPosix
import TLSEngine

/// One connection as it lives on its event loop: fetches a little ahead, keeps what arrived, and runs TLS in between.
///
/// It always has one fetch outstanding until its inbox is full, so that an unexpected word or end of the peer is noticed
/// while nobody reads, and memory stays bounded.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  var inbox = ConnectionInbox()
  var tls: TLSEngine?
  var handshake: LoopWait<TLSStart.Outcome>?
  var handshakeOutcome: TLSStart.Outcome?
  var writers: [LoopWait<WriteOutcome>] = []
  private(set) var context: ChannelHandlerContext?
  private var reader: LoopWait<ReceiveOutcome>?
  private var peeker: LoopWait<ReceiveOutcome?>?
  private var onActive: ((ConnectionHandler, any Channel) -> Void)?
  private var isClosedLocally = false

  /// A handler that tells `onActive` when its connection is there.
  init(onActive: ((ConnectionHandler, any Channel) -> Void)? = nil) { self.onActive = onActive }

  // MARK: What NIO says

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    end(.closed)
    self.context = nil
  }

  func channelActive(context: ChannelHandlerContext) {
    onActive?(self, context.channel)
    onActive = nil
    context.read()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    if tls == nil { inbox.append(buffer.readableBytesView) } else { receiveTLS(buffer) }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    deliver()
    fetch()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event { end(.closed) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let error = error as? IOError { end(Self.end(errno: error.errnoCode)) }
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { end(.closed) }

  // MARK: Arrival

  /// Fetches more, unless there is enough or nothing can come.
  func fetch() {
    if !inbox.isFull, inbox.end == nil { context?.read() }
  }

  /// The stream ended so; with TLS, an end in order is one only after `close_notify`.
  func end(_ how: ConnectionEnd) {
    if inbox.end == nil, how == .closed, !isClosedLocally, let tls { handle(tls.receiveEnd()) }
    inbox.end(isClosedLocally ? .closedLocally : how)
    if let end = inbox.end { endHandshake(.ended(end)) }
    deliver()
  }

  /// Gives what has arrived to whoever waits for it.
  func deliver() {
    if let reader, let outcome = inbox.take() {
      self.reader = nil
      reader.end(outcome)
    }
    guard let peeker else { return }
    if inbox.isEmpty, systemHasMore { return }
    self.peeker = nil
    peeker.end(inbox.take())
  }

  /// Whether the system holds bytes, an end or an error that were not fetched yet.
  private var systemHasMore: Bool {
    guard let channel = context?.channel, channel.isActive else { return false }
    let found = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
      var descriptor = pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      return poll(&descriptor, 1, 0) > 0
    }
    return found == true
  }

  static func end(errno code: Int32) -> ConnectionEnd {
    code == ECONNRESET || code == EPIPE ? .reset : .failed(code)
  }

  // MARK: Reading

  /// Ends `wait` with what is there or comes before `deadline`. One reader at a time: an earlier one is cancelled.
  func read(_ wait: LoopWait<ReceiveOutcome>, until deadline: ContinuousClock.Instant, on loop: any EventLoop) {
    if wait.ticket.isCancelled { return _ = wait.end(.cancelled) }
    if let outcome = inbox.take() {
      wait.end(outcome)
      return fetch()
    }
    reader?.end(.cancelled)
    reader = wait
    wait.atDeadline(deadline, on: loop) { [self] in
      if reader === wait { reader = nil }
      wait.end(.timedOut)
    }
  }

  /// Ends `wait` with what is already there, be it still with the system, or with nil.
  func peek(_ wait: LoopWait<ReceiveOutcome?>) {
    peeker?.end(nil)
    peeker = wait
    deliver()
    fetch()
  }

  /// Ends the wait with this ticket, if it is still there.
  func cancel(_ ticket: WaitTicket) {
    if reader?.ticket === ticket {
      reader?.end(.cancelled)
      reader = nil
    }
    if peeker?.ticket === ticket {
      peeker?.end(nil)
      peeker = nil
    }
    if handshake?.ticket === ticket { endHandshake(.cancelled) }
  }

  // MARK: Closing

  /// Says `close_notify` and closes; with `reset`, breaks off.
  func close(reset: Bool = false) {
    guard let context else { return }
    isClosedLocally = true
    if reset {
      _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
    } else {
      sayCloseNotify(context)
    }
    context.close(promise: nil)
  }

  /// Says `close_notify` and ends our side only.
  func closeOutput() {
    guard let context else { return }
    sayCloseNotify(context)
    context.close(mode: .output, promise: nil)
  }

  private func sayCloseNotify(_ context: ChannelHandlerContext) {
    guard let tls else { return }
    tls.close()
    flushTLS()
  }
}
