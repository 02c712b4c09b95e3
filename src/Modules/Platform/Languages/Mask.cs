namespace Platform.Languages;

/// <summary>Personal data as lists, logs and slips show it (PL-06.9): enough to recognise, too little to use.</summary>
public static class Mask
{
    /// <summary>A certificate number: the first six and the last four characters.</summary>
    public static string Certificate(string number) => Keep(number, 6, 4);

    /// <summary>A telephone number: the first three and the last four characters.</summary>
    public static string Phone(string number) => Keep(number, 3, 4);

    /// <summary>A bank account: the last four digits.</summary>
    public static string Account(string number) => Keep(number, 0, 4);

    /// <summary>A name: its last character, which is part of the given name; of an organisation, the last two.</summary>
    public static string Name(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        const int Stars = 8;
        var characters = name.EnumerateRunes().Select(r => r.ToString()).ToArray();
        var shown = characters.Length > 4 ? 2 : 1;
        return characters.Length <= 1
            ? "*"
            : new string('*', Math.Min(Stars, characters.Length - shown)) + string.Concat(characters[^shown..]);
    }

    /// <summary>What is too short to hide anything behind that much keeps its last character only.</summary>
    private static string Keep(string text, int first, int last)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length < first + last + 3)
        {
            (first, last) = (0, Math.Min(1, text.Length));
        }

        return string.Concat(text.AsSpan(0, first), new string('*', text.Length - first - last), text.AsSpan(text.Length - last));
    }
}
