namespace Platform.Requests;

/// <summary>A field that one module adds to the answer of another, which has a place for such parts. It is part of the API's description.</summary>
public interface IAnswerPart
{
    /// <summary>The answer that it is added to.</summary>
    Type Answer { get; }

    /// <summary>The field's name, as it stands in JSON.</summary>
    string Name { get; }

    /// <summary>What the field holds; never null.</summary>
    Type Value { get; }

    /// <summary>What it means, for the description.</summary>
    string Description { get; }
}
