using System.Reflection;
using Api.Tests.Harness.Pcsc;
using Xunit.Sdk;
using Xunit.v3;

namespace Api.Tests.Harness;

/// <summary>
/// Runs the test with the chip in this process on each database, and once over the machine's PC/SC service; what is not there is reported as skipped.
/// Over the service on SQLite alone: what differs there is between the agent and the card, and the books have no part in it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachCarrierAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([
            .. Enum.GetValues<Database>().Select(d => Row(d, CardCarriers.InProcess, EachDatabaseAttribute.Unavailable(d))),
            Row(Database.Sqlite, CardCarriers.Pcscd, PcscReaders.Missing),
        ]);

    public override bool SupportsDiscoveryEnumeration() => true;

    private static TheoryDataRow Row(Database database, string carrier, string? skip) => new([database, carrier]) { Skip = skip };
}
