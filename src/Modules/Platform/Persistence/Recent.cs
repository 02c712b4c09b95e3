using System.Collections.Concurrent;
using Platform.Requests;

namespace Platform.Persistence;

/// <summary>
/// Remembers what was used lately, up to twice <paramref name="most"/> items: when the young half is full it becomes the old half, and what nobody
/// used since the last time is dropped. No clock, no lists, no lock on the way of a reader.
/// </summary>
public sealed class Recent<TKey, TValue>(int most)
    where TKey : notnull
{
    private volatile ConcurrentDictionary<TKey, TValue> _young = new();
    private volatile ConcurrentDictionary<TKey, TValue> _old = new();

    public bool TryGet(TKey key, out TValue value)
    {
        if (_young.TryGetValue(key, out value!))
        {
            return true;
        }

        if (!_old.TryGetValue(key, out value!))
        {
            return false;
        }

        Set(key, value);
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        var young = _young;
        if (young.Count >= most && young == Interlocked.CompareExchange(ref _young!, new ConcurrentDictionary<TKey, TValue>(), young))
        {
            _old = young;
        }

        _young[key] = value;
    }

    public void Forget(TKey key)
    {
        _young.TryRemove(key, out _);
        _old.TryRemove(key, out _);
    }
}
