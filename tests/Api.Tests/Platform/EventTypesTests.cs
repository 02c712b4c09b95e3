using System.Reflection;
using Platform;
using Platform.Outbox;

namespace Api.Tests.Platform;

public sealed class EventTypesTests
{
    private sealed record Told(string What);

    [Fact]
    public async Task Every_event_that_the_code_can_raise_is_declared_by_its_module()
    {
        var host = await TestHost.Shared(Database.Sqlite);

        var raised = ModuleList
            .All.Select(m => m.GetType().Assembly)
            .Distinct()
            .SelectMany(a => a.GetTypes())
            .Where(t => !t.ContainsGenericParameters)
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(f => f.FieldType.IsAssignableTo(typeof(EventType)))
            .Select(f => (EventType)f.GetValue(null)!)
            .ToList();

        var declared = host.Services.GetRequiredService<DeclaredEvents>().All;
        Assert.NotEmpty(raised);
        Assert.Empty(raised.Except(declared));
    }

    [Fact]
    public void A_name_and_version_that_two_modules_declare_refuse_the_start()
    {
        var (one, other) = (new ModuleEvents(), new ModuleEvents());
        one.Declare<Told>("test.told", 1, "Told.", "已告知。");
        var second = other.Declare<Told>("test.told", 2, "Told.", "已告知。");
        Assert.Equal(("test.told.v2", typeof(Told)), (second.StoredName, second.Payload));
        Assert.Equal(2, new DeclaredEvents([.. one.All, .. other.All]).All.Count);

        other.Declare<Told>("test.told", 1, "Told.", "已告知。");
        var refused = Assert.Throws<StartRefusedException>(() => new DeclaredEvents([.. one.All, .. other.All]));

        Assert.Contains("The event test.told is declared twice", refused.Message, StringComparison.Ordinal);
    }
}
