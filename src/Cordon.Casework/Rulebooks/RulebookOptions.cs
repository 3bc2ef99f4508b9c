namespace Cordon.Casework.Rulebooks;

/// <summary>How rulebooks are released; validated when the module is added.</summary>
public sealed record RulebookOptions
{
    /// <summary>Where released rulebooks are kept, one folder each.</summary>
    public required string Folder { get; init; }

    /// <summary>The rulebook that comes with the program: a file or folder.</summary>
    public required string Shipped { get; init; }

    /// <summary>How long a shadow lasts at least before a rulebook can be approved (ours).</summary>
    public TimeSpan ShadowAtLeast { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Within what time a second person confirms that a rulebook was brought back by one (ours).</summary>
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromHours(2);

    internal RulebookOptions Checked() => ShadowAtLeast >= TimeSpan.Zero && ConfirmWithin > TimeSpan.Zero && Folder.Length > 0
        ? this
        : throw new ArgumentException("A shadow lasts no negative time, and a confirmation has some time.");
}
