/** Carries messages between the parts of one process, or of several when an implementation says so. */
export interface Broker {
  /** Hands a message to every subscriber of the topic; never waits for them. */
  publish(topic: string, message: unknown): void
  /** Returns a function that ends the subscription. */
  subscribe(topic: string, receive: (message: unknown) => void): () => void
  /** Ends all subscriptions; later messages are dropped. */
  close(): void
}

/**
 * A broker inside one process. Messages arrive in order, after the publisher's current work, and are not copied.
 *
 * @param onError told what a subscriber threw; by default it becomes a warning of the process, and the others still get the message
 * @example
 * const broker = localBroker()
 * const end = broker.subscribe('Product', (message) => console.log(message))
 * broker.publish('Product', { id: 1 })
 */
export function localBroker(onError: (error: unknown) => void = warn): Broker {
  const topics = new Map<string, Set<(message: unknown) => void>>()
  const deliver = (topic: string, message: unknown) => {
    for (const receive of topics.get(topic) ?? []) {
      try {
        receive(message)
      } catch (error) {
        onError(error)
      }
    }
  }
  return Object.freeze({
    publish(topic: string, message: unknown) {
      if (topics.has(topic)) queueMicrotask(() => deliver(topic, message))
    },
    subscribe(topic: string, receive: (message: unknown) => void) {
      const own = (message: unknown) => receive(message)
      const subscribers = topics.get(topic) ?? new Set()
      topics.set(topic, subscribers.add(own))
      return () => {
        subscribers.delete(own)
        if (subscribers.size === 0 && topics.get(topic) === subscribers) topics.delete(topic)
      }
    },
    close: () => topics.clear(),
  })
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error))
}
