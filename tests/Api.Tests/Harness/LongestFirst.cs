using Api.Tests.Funding;
using Api.Tests.Funding.BatchRecharges;
using Api.Tests.Guide;
using Api.Tests.Platform;
using Api.Tests.Platform.Ledger;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Api.Tests.Harness.LongestFirst))]

namespace Api.Tests.Harness;

/// <summary>Begins with the classes that take longest: begun last, each would run on alone while a processor idles.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] s_longest =
    [
        typeof(KillTests),
        typeof(KilledRechargeListTests),
        typeof(StartTests),
        typeof(BookingBatchTests),
        typeof(DatabaseAwayTests),
        typeof(GuideTests),
        typeof(TornCardTests),
        typeof(CardHistoryTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(c => Place(c))];

    private static int Place(ITestCollection collection)
    {
        // A class without a collection of its own is one; its display name holds the class's.
        var place = Array.FindIndex(
            s_longest,
            t => collection.TestCollectionDisplayName.Contains($" {t.FullName} ", StringComparison.Ordinal)
        );
        return place < 0 ? s_longest.Length : place;
    }
}
