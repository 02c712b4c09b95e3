using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Hardware.Agent.Tests.Hands;

/// <summary>How the agent reaches the card in a test.</summary>
public enum Transport
{
    /// <summary>Virtual readers in the agent itself.</summary>
    InProcess,

    /// <summary>The machine's real PC/SC service with vpcd's virtual reader; the card is in the test.</summary>
    Pcscd,
}

/// <summary>Runs the test once per transport; without a PC/SC service that half is reported as skipped, never passed over.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachTransportAttribute(params object[] more) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        object[][] rows =
            more.Length == 0
                ?
                [
                    [],
                ]
                : [.. more.Select(m => m as object[] ?? [m])];
        return new([
            .. from transport in Enum.GetValues<Transport>()
            from row in rows
            select new TheoryDataRow([transport, .. row]) { Skip = transport == Transport.Pcscd ? PcscService.Missing : null },
        ]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
