import ArmProtocol
import ArmSync

extension Setting {
    static let saving = SettingGroup(
        "Saving",
        [
            .flag(
                "blind_saves",
                "ARM_SYNC_BLIND_SAVES",
                help: "Whether a document may be saved though the switch's cannot be read first. "
                    + "What others saved there is then overwritten unseen.",
                \.sync.blindSaves
            ),
            .flag(
                "conflict_detection",
                "ARM_SYNC_CONFLICT_DETECTION",
                help: "Whether the switch's document is read before a save. Without that, saves "
                    + "also need \"blind_saves\".",
                \.sync.conflictDetection
            ),
            .choice(
                "payload.mapping",
                help: "What a document is saved as: its JSON text in an attribute, or a tree of "
                    + "XML nodes.",
                \.payloadForm
            ),
            .text(
                "payload.element",
                help: "The XML element that holds the JSON text.",
                expected: "the name of an XML element",
                example: "user_data",
                \.mapping.element
            ),
            .text(
                "payload.attribute",
                help: "The attribute of that element with the text.",
                expected: "the name of an XML attribute",
                example: "user_data",
                \.mapping.attribute
            ),
        ]
    )
}
