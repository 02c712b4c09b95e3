using System.Text;

namespace Billing.Electricity.Reconciliation;

/// <summary>The kinds of difference between the bank's lines and the power side's.</summary>
public enum DifferenceKind
{
    /// <summary>The bank has it and the power side does not: the power side adds it.</summary>
    BankOnly,

    /// <summary>The power side has it and the bank does not: the power side reverses it.</summary>
    PowerOnly,

    /// <summary>The amounts differ: the bank's stays, the power side corrects.</summary>
    Amount,

    /// <summary>It is reversed on one side: the bank's state is passed on.</summary>
    State,

    /// <summary>One side has it twice: the second is reversed where it is.</summary>
    Twice,
}

/// <summary>A difference, with the lines of both sides as far as there are any.</summary>
internal sealed record FoundDifference(DifferenceKind Kind, string Key, CollectionLine? Bank, CollectionLine? Power);

/// <summary>Compares two sorted files line by line. What agrees is passed over; memory holds the lines of one key.</summary>
internal static class LineComparison
{
    public static IEnumerable<FoundDifference> Compare(SortedLines bank, SortedLines power)
    {
        bank.Next();
        power.Next();
        var (ours, theirs) = (new KeyGroup(), new KeyGroup());
        while (!bank.Ended || !power.Ended)
        {
            var order = SortedLines.Compare(bank, power);
            ours.Take(bank, order <= 0);
            theirs.Take(power, order >= 0);
            if (ours.Count == 1 && theirs.Count == 1 && KeyGroup.Alike(ours, theirs))
            {
                continue;
            }

            foreach (var difference in Differences(order <= 0 ? ours.Key : theirs.Key, ours.Lines(), theirs.Lines()))
            {
                yield return difference;
            }
        }
    }

    private static IEnumerable<FoundDifference> Differences(string key, List<CollectionLine> bank, List<CollectionLine> power)
    {
        for (var i = 0; i < Math.Max(bank.Count, power.Count); i++)
        {
            var (ours, theirs) = (bank.ElementAtOrDefault(i), power.ElementAtOrDefault(i));
            // What is reversed on one side and absent on the other agrees.
            if ((ours ?? theirs)!.State == CollectionLine.Reversed && (ours is null || theirs is null))
            {
                continue;
            }

            DifferenceKind? kind =
                ours is null ? (bank.Count > 0 ? DifferenceKind.Twice : DifferenceKind.PowerOnly)
                : theirs is null ? (power.Count > 0 ? DifferenceKind.Twice : DifferenceKind.BankOnly)
                : ours.State != theirs.State ? DifferenceKind.State
                : ours.State == CollectionLine.Done && Amounts(ours) != Amounts(theirs) ? DifferenceKind.Amount
                : null;
            if (kind is { } differs)
            {
                yield return new FoundDifference(differs, key, ours, theirs);
            }
        }
    }

    private static (long, long, long) Amounts(CollectionLine line) => (line.Principal, line.LateFee, line.Total);

    /// <summary>The lines of one key on one side. Its memory is used again for the next key.</summary>
    private sealed class KeyGroup
    {
        private readonly Range[] _fields = new Range[LineFields.Count];
        private byte[] _key = new byte[256];
        private byte[] _first = new byte[512];
        private int _keyLength;
        private int _firstLength;
        private List<byte[]>? _more;

        public int Count { get; private set; }

        public string Key => Encoding.ASCII.GetString(_key, 0, _keyLength);

        /// <summary>Takes all lines of the current key, where this side is at it.</summary>
        public void Take(SortedLines side, bool at)
        {
            (Count, _more) = (0, null);
            if (!at || side.Ended)
            {
                return;
            }

            _keyLength = Keep(side.Key, ref _key);
            do
            {
                if (Count++ == 0)
                {
                    _firstLength = Keep(side.Line, ref _first);
                }
                else
                {
                    (_more ??= []).Add(side.Line.ToArray());
                }
            } while (side.Next() && side.Key.SequenceEqual(_key.AsSpan(0, _keyLength)));
        }

        /// <summary>The lines; those done before those reversed, each by the power side's serial number.</summary>
        public List<CollectionLine> Lines()
        {
            var lines = new List<CollectionLine>(Count);
            if (Count > 0)
            {
                lines.Add(LineFields.Line(_first.AsSpan(0, _firstLength)));
                _more?.ForEach(l => lines.Add(LineFields.Line(l)));
            }

            return [.. lines.OrderByDescending(l => l.State).ThenBy(l => l.PowerSerial, StringComparer.Ordinal)];
        }

        /// <summary>Do the only lines of both sides have the same amounts and state?</summary>
        public static bool Alike(KeyGroup one, KeyGroup other)
        {
            var a = one._first.AsSpan(0, one._firstLength);
            var b = other._first.AsSpan(0, other._firstLength);
            LineFields.Split(a, one._fields);
            LineFields.Split(b, other._fields);
            return a[^1] == b[^1]
                && (a[^1] == (byte)CollectionLine.Reversed || Amounts(a, one._fields).SequenceEqual(Amounts(b, other._fields)));
        }

        private static ReadOnlySpan<byte> Amounts(ReadOnlySpan<byte> line, Range[] fields) =>
            line[fields[LineFields.Principal].Start..fields[LineFields.Total].End];

        private static int Keep(ReadOnlySpan<byte> what, ref byte[] where)
        {
            if (what.Length > where.Length)
            {
                where = new byte[what.Length];
            }

            what.CopyTo(where);
            return what.Length;
        }
    }
}

/// <summary>Compares two reconciliation files: each is read once, sorted on disk, and merged.</summary>
internal static class FileComparison
{
    /// <summary>Gives each difference to <paramref name="found"/>. Throws <see cref="LineFileException"/> where a file is not whole.</summary>
    public static async Task<(LineFileHeader Bank, LineFileHeader Power)> Run(Stream bank, Stream power, Func<FoundDifference, Task> found)
    {
        using var ours = new LineSorter();
        using var theirs = new LineSorter();
        // Two cores: each side reads and sorts on its own.
        var theirHeader = Task.Run(() => LineFileSorter.Read(power, theirs));
        var header = LineFileSorter.Read(bank, ours);
        var (bankHeader, powerHeader) = (header, await theirHeader);
        foreach (var difference in LineComparison.Compare(ours.Sorted(), theirs.Sorted()))
        {
            await found(difference);
        }

        return (bankHeader, powerHeader);
    }
}
