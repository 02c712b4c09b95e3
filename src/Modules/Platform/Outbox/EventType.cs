using Platform.Requests;

namespace Platform.Outbox;

/// <summary>A kind of event that a module tells of. Subscribers know it by its name and version, which never change.</summary>
public abstract class EventType
{
    private protected EventType(string name, int version, string en, string zh) => (Name, Version, En, Zh) = (name, version, en, zh);

    /// <summary>A stable name, such as <c>card.issued</c>.</summary>
    public string Name { get; }

    /// <summary>From 1. A payload that an earlier reader would misread is another version.</summary>
    public int Version { get; }

    /// <summary>What has happened, in English.</summary>
    public string En { get; }

    /// <summary>The same in Chinese.</summary>
    public string Zh { get; }

    /// <summary>The record that is the event's payload.</summary>
    public abstract Type Payload { get; }

    /// <summary>The name under which events are stored: the first version goes without its number.</summary>
    public string StoredName => Version == 1 ? Name : $"{Name}.v{Version}";
}

/// <summary>A kind of event whose payload is a <typeparamref name="T"/>. Only <see cref="ModuleEvents"/> makes one.</summary>
public sealed class EventType<T> : EventType
    where T : class
{
    internal EventType(string name, int version, string en, string zh)
        : base(name, version, en, zh) { }

    /// <inheritdoc/>
    public override Type Payload => typeof(T);

    /// <summary>The event itself, to be raised with a booking.</summary>
    /// <param name="key">Whom it is about: events of one key are told in order.</param>
    /// <param name="data">Its payload; no personal data.</param>
    public DomainEvent Of(long key, T data) => new(this, key, data);
}

/// <summary>Something that happened, for the outbox. Only a declared type makes one.</summary>
public sealed class DomainEvent
{
    internal DomainEvent(EventType type, long key, object data) => (Type, Key, Data) = (type, key, data);

    /// <summary>What kind of event it is.</summary>
    public EventType Type { get; }

    /// <summary>Whom it is about: events of one key are told in order.</summary>
    public long Key { get; }

    /// <summary>Its payload.</summary>
    public object Data { get; }
}

/// <summary>The events of a module. Declaring one here is the only way to have it, so that none is raised that subscribers cannot know.</summary>
public sealed class ModuleEvents
{
    private readonly List<EventType> _all = [];

    /// <summary>In the order in which they were declared.</summary>
    public IReadOnlyList<EventType> All => _all;

    /// <summary>Declares an event.</summary>
    public EventType<T> Declare<T>(string name, int version, string en, string zh)
        where T : class
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        var type = new EventType<T>(name, version, en, zh);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(type.StoredName.Length, OutboxEvent.NameLength, nameof(name));
        _all.Add(type);
        return type;
    }
}

/// <summary>Every event that a module declares. A name and version declared twice refuses the start.</summary>
public sealed class DeclaredEvents
{
    /// <summary>Collects them.</summary>
    public DeclaredEvents(IEnumerable<EventType> types)
    {
        All = [.. types];
        if (All.Twice(t => t.StoredName) is { } twice)
        {
            throw new StartRefusedException(
                $"The event {twice.Key} is declared twice; give one of the two another name or version.",
                $"事件 {twice.Key} 被重复声明，请为其中一个改名或更改版本。"
            );
        }
    }

    /// <summary>In the order of the modules.</summary>
    public IReadOnlyList<EventType> All { get; }
}
