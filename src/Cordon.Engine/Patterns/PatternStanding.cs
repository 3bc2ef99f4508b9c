using Cordon.Engine.Signals;

namespace Cordon.Engine.Patterns;

/// <summary>How an account has taken part in patterns so far: what a rule can ask for.</summary>
public readonly struct PatternStanding
{
    private readonly AccountPatterns? patterns;

    internal PatternStanding(AccountPatterns? patterns) => this.patterns = patterns;

    /// <summary>In how many alerts it stands.</summary>
    public int Alerts => patterns?.Alerts.Sum() ?? 0;

    /// <summary>When its last pattern was found or grew; null where there was none.</summary>
    public Instant? LastAlert => patterns is null ? null : new Instant(patterns.LastAt);

    /// <summary>The kind of its most surprising alert; the first of equals; null where there was none.</summary>
    public PatternKind? Foremost
    {
        get
        {
            if (patterns is null) return null;
            var best = 0;
            for (var kind = 1; kind < AccountPatterns.Kinds; kind++)
                if (patterns.Strongest[kind] > patterns.Strongest[best]) best = kind;
            return (PatternKind)best;
        }
    }

    /// <summary>In how many alerts of a kind it stands.</summary>
    public int AlertsOf(PatternKind kind) => patterns?.Alerts[(int)kind] ?? 0;

    /// <summary>The surprise of its strongest alert of a kind, in bits; 0 where there was none.</summary>
    public double BitsOf(PatternKind kind) => (double)(patterns?.Strongest[(int)kind] ?? 0) / Surprise.Bit;
}
