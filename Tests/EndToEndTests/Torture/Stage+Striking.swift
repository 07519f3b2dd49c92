import Foundation

extension Scene {
    /// Threads of their own, as many as there are processors: what waits for processes all the time
    /// would keep every other test from running.
    private static let threads: OperationQueue = {
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = ProcessInfo.processInfo.activeProcessorCount
        return queue
    }()

    /// Plays scenes side by side, each with a server of its own.
    static func inTurns(
        _ scenes: [Scene],
        _ tally: Tally,
        _ body: @escaping @Sendable (Scene) throws -> Void
    ) async {
        await withTaskGroup { group in
            for scene in scenes {
                if let only = TortureSettings.only, !only.hasPrefix("\(scene.name):") { continue }
                group.addTask {
                    await withCheckedContinuation { ended in
                        threads.addOperation {
                            do { try body(scene) } catch {
                                tally.complain("--only '\(scene.name):'", "\(error)")
                            }
                            ended.resume()
                        }
                    }
                }
            }
        }
    }
}

extension Stage {
    /// Every system call that the command makes here.
    func points() throws -> [SystemCall] {
        let station = try set()
        let points = try station.trace(scene.command).points
        guard points.count > 100 else {
            throw Unexpected(description: "\(scene.name) made only \(points.count) calls")
        }
        return points
    }

    /// Tries each, or only the one that was asked for.
    func meet(_ troubles: [any Trouble], _ tally: Tally) {
        for trouble in troubles where !tally.isFull {
            let point = "\(scene.name): \(trouble)"
            if let only = TortureSettings.only, only != point, only != "\(scene.name):" { continue }
            tally.count("points")
            do {
                let outcome = try Trial(stage: self, trouble: trouble).run()
                switch outcome.code {
                case 74: tally.count("told as 74")
                case .some where trouble.isKill: tally.count("not reached")
                default: break
                }
            } catch {
                tally.complain("--only '\(point)'", "\(error)")
            }
        }
    }
}

extension SystemCall {
    /// Whether it is about the station's files, the server, or something outside the process.
    var couldMatter: Bool { file != nil || hasEffect || ["connect", "poll"].contains(name) }

    /// Whether something is different after it.
    var hasEffect: Bool {
        isStorage || ["flock", "sendto", "recvfrom", "close", "exit_group"].contains(name)
    }

    /// Whether it changes something on the disk, or makes sure that it stays.
    var isStorage: Bool {
        switch name {
        case "openat", "unlink", "unlinkat", "mkdir", "mkdirat", "fchmod", "ftruncate": file != nil
        case "write", "pwrite64", "fsync", "fdatasync", "rename", "renameat", "renameat2": true
        default: false
        }
    }
}

extension Array {
    /// So many of them, as far from each other as they go; which ones is for the scene to say, so
    /// that together scenes have something of everything.
    func sample(_ limit: Int, for scene: Scene) -> Self {
        guard count > limit else { return self }
        let first = scene.name.utf8.reduce(0) { $0 + Int($1) }
        return (0..<limit).map { self[(first + $0 * count / limit) % count] }
    }
}
