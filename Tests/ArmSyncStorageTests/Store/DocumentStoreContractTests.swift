import ArmSync
import ArmSyncTestKit
import Testing

@Suite struct DocumentStoreContractTests {
    @Test(arguments: DocumentStoreRule.all)
    func theStoreInMemoryKeepsTo(_ rule: DocumentStoreRule) throws {
        try rule.check(InMemoryDocumentStore())
    }

    @Test(arguments: DocumentStoreRule.all, Place.Kind.allCases)
    func journalsKeepTo(_ rule: DocumentStoreRule, _ kind: Place.Kind) throws {
        try rule.check(Place(kind).store())
    }
}
