using Cordon.Engine.Signals;
using Cordon.WebConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace Cordon.WebConsole.Marks;

/// <summary>A mark that shows time passing: it draws itself again when its text has changed, and nothing around it.</summary>
public abstract class Beating : ComponentBase, IDisposable
{
    private string shown = "";

    [Inject]
    private Ticker Ticker { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    internal ConsoleOptions Options { get; set; } = null!;

    /// <summary>The present instant.</summary>
    internal Instant Now => Instant.From(Time.GetUtcNow());

    /// <summary>The text that moves.</summary>
    protected abstract string Reading();

    /// <inheritdoc/>
    protected override void OnInitialized() => Ticker.Beat += Look;

    /// <inheritdoc/>
    protected override void OnParametersSet() => shown = Reading();

    /// <inheritdoc/>
    public void Dispose()
    {
        Ticker.Beat -= Look;
        GC.SuppressFinalize(this);
    }

    private void Look()
    {
        var text = Reading();
        if (text == shown) return;
        shown = text;
        _ = InvokeAsync(StateHasChanged);
    }
}
