import ArmSync
import ArmSyncStorage
import DiskSimulation
import Foundation
import JSONDocument

extension CrashStory {
    /// Stories in which a person decides.
    static let deciding = [
        CrashStory("a conflict settled for us") { scene in
            await conflict(scene)
            scene.resolve(.mine)
            await scene.sync()
        },
        CrashStory("a conflict settled for them") { scene in
            await conflict(scene)
            scene.set("y", 1)
            scene.resolve(.theirs)
            await scene.sync()
        },
        CrashStory("edits given up") { scene in
            scene.set("x", 1)
            await scene.sync()
            scene.set(1...2)
            scene.discard("n1")
            scene.set("x", 2)
            scene.discard()
        },
        CrashStory("a save taken back") { scene in
            scene.set("x", 1)
            await scene.sync()
            scene.set("x", 2)
            await scene.sync()
            scene.undo()
            await scene.sync()
        },
    ]

    private static func conflict(_ scene: CrashScene) async {
        scene.set("x", 1)
        await scene.sync()
        scene.rival("x", 7)
        scene.set("x", 2)
        await scene.sync()
    }

    /// Stories in which the disk fails a command; the next ones go on.
    static let failing =
        [EIO, ENOSPC, EDQUOT].map { number in
            CrashStory("a sync of the disk that fails with \(number)", failures: 1) { scene in
                scene.set(1...1)
                scene.fileSystem.fail(.sync, on: "journal.jsonl", with: number)
                scene.set("lost", .string(JSONString(String(repeating: "x", count: 700))))
                scene.set(2...3)
            }
        }
        + [EIO, ENOSPC, EDQUOT, EROFS].map { number in
            CrashStory("a write that fails in the middle with \(number)", failures: 1) { scene in
                scene.set(1...1)
                scene.fileSystem.shortenWrite(on: "journal.jsonl")
                scene.fileSystem.fail(.write, on: "journal.jsonl", with: number)
                scene.set("lost", 1)
                scene.restart()
                scene.set(2...3)
            }
        }
        + [
            CrashStory("a write in parts") { scene in
                scene.set(1...1)
                scene.fileSystem.shortenWrite(on: "journal.jsonl")
                scene.set(2...2)
            },
            CrashStory("a failed write that cannot be cut off", failures: 1) { scene in
                scene.set(1...1)
                scene.fileSystem.shortenWrite(on: "journal.jsonl")
                scene.fileSystem.fail(.write, on: "journal.jsonl", with: EIO)
                scene.fileSystem.fail(.truncate, on: "journal.jsonl", with: EIO)
                scene.set("lost", 1)
                scene.set(2...3)
            },
            CrashStory("a failed sync of the disk that cannot be cut off", failures: 1) { scene in
                scene.set(1...1)
                scene.fileSystem.fail(.sync, on: "journal.jsonl", with: EIO)
                scene.fileSystem.fail(.truncate, on: "journal.jsonl", with: EIO)
                scene.set("lost", .string(JSONString(String(repeating: "x", count: 700))))
                scene.restart()
                scene.set(2...3)
            },
            CrashStory("two failed syncs of the disk that cannot be cut off", failures: 2) {
                scene in
                scene.set(1...1)
                for name in ["lost", "lost too"] {
                    scene.fileSystem.fail(.sync, on: "journal.jsonl", with: EIO)
                    scene.fileSystem.fail(.truncate, on: "journal.jsonl", with: EIO)
                    scene.set(name, .string(JSONString(String(repeating: "x", count: 700))))
                }
                scene.set(2...3)
            },
            CrashStory("a failed sync of a first edit that cannot be cut off", failures: 1) {
                scene in
                scene.fileSystem.fail(.sync, on: "journal.jsonl", with: EIO)
                scene.fileSystem.fail(.truncate, on: "journal.jsonl", with: EIO)
                scene.set("lost", .string(JSONString(String(repeating: "x", count: 700))))
                scene.set(1...2)
            },
            CrashStory("a failed sync of the disk in a first edit", failures: 1) { scene in
                scene.fileSystem.fail(.sync, on: "journal.jsonl", with: EIO)
                scene.set("lost", 1)
                scene.set(1...2)
            },
            CrashStory("names that cannot be synced", failures: 1) { scene in
                scene.fileSystem.fail(.syncDirectory, on: "documents", with: EIO)
                scene.set("lost", 1)
                scene.set(1...2)
            },
            CrashStory("a disk that fails while a save is under way", failures: 1) { scene in
                scene.set("x", 1)
                scene.fileSystem.fail(.sync, on: "journal.jsonl", after: 1, with: EIO)
                await scene.sync()
                scene.set("y", 1)
                await scene.sync()
            },
        ]
        + [FileSystemError.Operation.open, .write, .sync, .rename].map { operation in
            CrashStory(
                "a journal that cannot be written anew for its \(operation.rawValue)",
                CrashScene.Habits(limits: JournalLimits(tail: 600, journal: 900)),
                failures: 1
            ) { scene in
                scene.fileSystem.fail(operation, on: "journal.jsonl.new", with: EIO)
                scene.set(1...6)
            }
        }
}
