namespace Cordon.WebConsole.Shell;

/// <summary>One beat a second for all clocks of a circuit, so that they move together.</summary>
public sealed class Ticker : IDisposable
{
    private readonly ITimer timer;

    /// <summary>Starts beating.</summary>
    public Ticker(TimeProvider time) =>
        timer = time.CreateTimer(_ => Beat?.Invoke(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    /// <summary>A second has passed. Raised off the circuit's own thread.</summary>
    public event Action? Beat;

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();
}
