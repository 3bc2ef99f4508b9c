namespace Cordon.WebConsole.Marks;

/// <summary>Where a list stands that is read page by page from the newest.</summary>
public abstract class Paging
{
    /// <summary>Whether the newest are shown.</summary>
    public bool AtStart => Passed == 0;

    /// <summary>How many stand before this page.</summary>
    public abstract int Passed { get; }

    /// <summary>Whether older ones follow.</summary>
    public bool More { get; protected set; }

    /// <summary>Goes on to older ones.</summary>
    public abstract void Older();

    /// <summary>Goes back to newer ones.</summary>
    public abstract void Newer();
}

/// <summary>Where a list stands, by the cursors of its rows.</summary>
/// <typeparam name="TRow">A row.</typeparam>
/// <typeparam name="TCursor">What a page before is told by; nullable, null for the newest.</typeparam>
/// <param name="size">Rows of a page.</param>
/// <param name="cursorOf">The cursor of a row.</param>
public sealed class Paging<TRow, TCursor>(int size, Func<TRow, TCursor> cursorOf) : Paging
{
    private readonly Stack<TCursor?> behind = [];
    private TCursor? last;

    /// <summary>How many rows to read: one more than are shown tells whether there are older ones.</summary>
    public int Limit => size + 1;

    /// <summary>Rows before this cursor are to be read.</summary>
    public TCursor? Before { get; private set; }

    /// <inheritdoc/>
    public override int Passed => behind.Count * size;

    /// <summary>The rows of the page out of those that were read.</summary>
    public List<TRow> Take(List<TRow> read)
    {
        More = read.Count > size;
        var shown = read.GetRange(0, Math.Min(size, read.Count));
        last = shown.Count > 0 ? cursorOf(shown[^1]) : Before;
        return shown;
    }

    /// <summary>All is shown at once.</summary>
    public void Whole() => More = false;

    /// <summary>Begins with the newest again.</summary>
    public void Reset()
    {
        behind.Clear();
        Before = default;
    }

    /// <inheritdoc/>
    public override void Older()
    {
        behind.Push(Before);
        Before = last;
    }

    /// <inheritdoc/>
    public override void Newer() => Before = behind.TryPop(out var before) ? before : default;
}
